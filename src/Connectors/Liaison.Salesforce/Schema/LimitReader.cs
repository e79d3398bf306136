using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Salesforce.Wire;
using Liaison.Wire;

namespace Liaison.Salesforce.Schema;

/// <summary>Reads what the organisation has left of its day; section 9 of contracts/salesforce.md.</summary>
internal sealed class LimitReader(SalesforceApi api)
{
    internal async Task<Result<IReadOnlyList<LimitStanding>>> ReadAsync(CancellationToken cancellationToken)
    {
        var sent = await api.SendAsync(new(CrmOperation.Describe, "limits", HttpMethod.Get, api.Paths.Limits), cancellationToken);
        return sent.Then(answer => SalesforceApi.Parse(answer, Read));
    }

    private static IReadOnlyList<LimitStanding>? Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var day = document.RootElement.Member("DailyApiRequests");
        return day.Member("Max") is { ValueKind: JsonValueKind.Number } max && day.Member("Remaining") is { ValueKind: JsonValueKind.Number } left
            && max.TryGetInt64(out var permits) && left.TryGetInt64(out var remaining)
            ? [new LimitStanding(LimitKind.Daily, permits, remaining)]
            : [];
    }
}

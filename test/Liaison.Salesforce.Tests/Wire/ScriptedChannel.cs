using System.Text;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Testing.Connectors;

namespace Liaison.Salesforce.Tests.Wire;

/// <summary>A channel that gives the answers which a test has lined up and keeps the calls: for what Salesforce may say and no emulator does.</summary>
internal sealed class ScriptedChannel(params IReadOnlyList<CrmAnswer> answers) : ICrmChannel
{
    internal List<CrmCall> Calls { get; } = [];

    internal static CrmAnswer Answer(string body, params IEnumerable<KeyValuePair<string, string>> headers) =>
        new(200, Encoding.UTF8.GetBytes(body), null) { Headers = headers.ToDictionary() };

    internal IConnectorSession Open()
    {
        var connector = new SalesforceConnector();
        var connection = TestCredentials.Connection(connector.Descriptor, new("https://acme.my.salesforce.com"));
        return connector.OpenSession(connection, TestCredentials.Of(connection, CredentialReach.User, "ada", "token"), this);
    }

    public async Task<Result<CrmAnswer>> SendAsync(CrmCall call, CancellationToken cancellationToken)
    {
        Calls.Add(call);
        var answer = answers[Calls.Count - 1];
        if (call.ReadAnswer is { } read)
        {
            using var body = new MemoryStream(answer.Body.ToArray());
            await read(body, cancellationToken);
            return answer with { Body = default };
        }

        return answer;
    }
}

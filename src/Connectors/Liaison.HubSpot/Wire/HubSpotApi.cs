using System.Text.Json.Serialization.Metadata;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Wire;

namespace Liaison.HubSpot.Wire;

/// <summary>The calls of one session: paths of its version, JSON out and in, over the engine's channel.</summary>
internal sealed class HubSpotApi(ICrmChannel channel, HubSpotPaths paths)
{
    internal HubSpotPaths Paths => paths;

    internal Task<Result<CrmAnswer>> SendAsync(CrmCall call, CancellationToken cancellationToken) =>
        channel.SendAsync(call, cancellationToken);

    /// <summary>Reads a document.</summary>
    internal async Task<Result<T>> GetAsync<T>(
        CrmOperation operation, string name, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var sent = await SendAsync(new(operation, name, HttpMethod.Get, path), cancellationToken);
        return sent.Then(answer => CrmAnswers.Parse("HubSpot", answer, type));
    }

    /// <summary>Sends a JSON body and reads the records of the answer with the named properties.</summary>
    internal async Task<Result<ObjectsAnswer>> PostAsync(
        CrmCall call, IReadOnlyList<string> properties, CancellationToken cancellationToken)
    {
        var sent = await SendAsync(call, cancellationToken);
        return sent.Then(answer => Parse(answer, body => ObjectsReader.Read(body, properties), call.Operation));
    }

    /// <summary>Reads an answer; one that is not the documented JSON is a fault on the way, and after a write an open outcome.</summary>
    internal static Result<T> Parse<T>(
        CrmAnswer answer, Func<ReadOnlyMemory<byte>, T?> read, CrmOperation operation = CrmOperation.Read)
        where T : class => CrmAnswers.Parse("HubSpot", answer, read, operation);
}

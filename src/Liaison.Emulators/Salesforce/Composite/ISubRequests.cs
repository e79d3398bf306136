using System.Text.Json.Nodes;

namespace Liaison.Emulators.Salesforce.Composite;

/// <summary>The org's own routes, asked as the caller of a set call: what a set does, it does as single calls would.</summary>
/// <remarks>Inner calls are not counted against the limits; a set says itself how many calls it counts for.</remarks>
internal interface ISubRequests
{
    /// <summary>Runs one call and gives its answer; a refusal is an answer too.</summary>
    SubReply Send(SubRequest request);

    /// <summary>Runs work of which nothing stays when it answers false.</summary>
    bool Atomically(Func<bool> work);
}

/// <summary>One call inside a set.</summary>
/// <param name="Url">The path with its query, from /services/data on, not yet unescaped.</param>
/// <param name="Body">The JSON; <see langword="null"/> where there is none.</param>
internal sealed record SubRequest(string Method, string Url, IReadOnlyDictionary<string, string> Headers, JsonNode? Body);

/// <summary>The answer to one call inside a set.</summary>
/// <param name="Headers">The headers that a set repeats: Location, ETag, Last-Modified.</param>
internal sealed record SubReply(int Status, IReadOnlyDictionary<string, string> Headers, JsonNode? Body)
{
    public bool IsError => Status >= 300 && Status != 304;
}

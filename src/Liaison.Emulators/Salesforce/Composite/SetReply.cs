using System.Text.Json.Nodes;

namespace Liaison.Emulators.Salesforce.Composite;

/// <summary>The answer to a set call.</summary>
/// <param name="Calls">How many calls it counts for: a batch one per sub-request, the others one (contract section 7).</param>
internal sealed record SetReply(int Status, JsonNode Body, int Calls = 1)
{
    public static SetReply Refuse(string errorCode, string message) => new(400, Errors(errorCode, message));

    /// <summary>The array that errors come in (contract section 10).</summary>
    public static JsonArray Errors(string errorCode, string message) => [new JsonObject { ["errorCode"] = errorCode, ["message"] = message }];
}

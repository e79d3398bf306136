using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Liaison.Emulators.Salesforce.Serving;

/// <summary>Turns trees of JSON, as sets hold them, into what routes read.</summary>
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class JsonNodeContext : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Liaison.Alerts;

/// <summary>An alert as a webhook gets it; the members are a contract with receivers.</summary>
public sealed record AlertDocument(
    string Id,
    AlertKind Kind,
    string? Connection,
    string Cause,
    string Message,
    string? Run,
    string? Pipeline,
    DateTimeOffset Since,
    DateTimeOffset RaisedAt,
    long Count,
    long HeldBack,
    IReadOnlyList<string> MissingScopes,
    IReadOnlyList<string> ScopesBefore,
    IReadOnlyList<string> ScopesAfter,
    string? CorrelationId,
    DateTimeOffset? EndsAt)
{
    /// <summary>Makes the document of a kept alert.</summary>
    public static AlertDocument Of(AlertRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var alert = row.Alert;
        return new AlertDocument(
            row.Id, alert.Kind, alert.Connection?.Value, alert.Cause, alert.Message, alert.RunId, alert.Pipeline, alert.Since ?? row.FirstAt, row.FirstAt,
            row.Count, row.Before, alert.MissingScopes, alert.ScopesBefore, alert.ScopesAfter, alert.CorrelationId, alert.EndsAt);
    }

    /// <summary>Gives the bytes that are signed and sent.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, AlertJson.Default.AlertDocument);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertDocument))]
[JsonSerializable(typeof(Alert))]
internal sealed partial class AlertJson : JsonSerializerContext;

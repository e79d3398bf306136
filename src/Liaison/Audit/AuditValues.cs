using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Failures;
using Microsoft.AspNetCore.DataProtection;

namespace Liaison.Audit;

/// <summary>Which record values the audit keeps.</summary>
public enum AuditValuesMode
{
    /// <summary>None: field names, record ids and hashes only.</summary>
    None,

    /// <summary>What changes changed: before and after, encrypted.</summary>
    Changes,
}

/// <summary>A field's value before and after a change, as text; <see langword="null"/> is an empty field.</summary>
public sealed record AuditedValue(string Record, string Field, string? Before, string? After);

/// <summary>Encrypts the values that the audit keeps, where it is configured to keep any; the keys lie outside the database.</summary>
public sealed class AuditValues(IDataProtectionProvider protection, AuditValuesMode mode)
{
    private readonly IDataProtector protector = protection.CreateProtector("audit values");

    /// <summary>Encrypts values; <see langword="null"/> where there are none or none are to be kept.</summary>
    public string? Protect(IReadOnlyList<AuditedValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return mode == AuditValuesMode.None || values.Count == 0
            ? null
            : Convert.ToBase64String(protector.Protect(
                JsonSerializer.SerializeToUtf8Bytes(values, AuditValuesJson.Default.IReadOnlyListAuditedValue)));
    }

    /// <summary>Decrypts values.</summary>
    /// <returns><see cref="FailureKind.Unauthenticated"/> where the keys of this installation do not open them.</returns>
    internal Result<IReadOnlyList<AuditedValue>> Open(string values)
    {
        try
        {
            var opened = JsonSerializer.Deserialize(
                protector.Unprotect(Convert.FromBase64String(values)), AuditValuesJson.Default.IReadOnlyListAuditedValue);
            return Result<IReadOnlyList<AuditedValue>>.Of(opened ?? []);
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException or JsonException)
        {
            return new Failure(
                FailureKind.Unauthenticated, "The values of an audit entry do not open with this installation's keys; restore the keys.");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<AuditedValue>))]
internal sealed partial class AuditValuesJson : JsonSerializerContext;

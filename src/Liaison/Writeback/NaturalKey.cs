using System.Security.Cryptography;
using System.Text;
using Liaison.Model;
using Liaison.Reading;

namespace Liaison.Writeback;

/// <summary>What makes a record that is yet to be made the same as another: the value of the field that tells its like apart.</summary>
/// <param name="Field">The field: an e-mail address before a web domain before any other that is unique in the CRM.</param>
/// <param name="Value">The value as it was asked for.</param>
/// <param name="Forms">The spellings under which the same may stand in the CRM, the asked one first.</param>
internal sealed record NaturalKey(FieldDefinition Field, string Value, IReadOnlyList<string> Forms)
{
    /// <summary>Finds the key among values; <see langword="null"/> where none of them tells records of the type apart.</summary>
    /// <param name="plusAddressesAreOne">Whether addresses that differ by what follows a plus sign are one person's.</param>
    public static NaturalKey? Of(IReadOnlyList<(FieldDefinition Field, string? Value)> values, bool plusAddressesAreOne)
    {
        var (field, value) = values
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Value) && RankOf(pair.Field) is not null)
            .OrderBy(pair => RankOf(pair.Field))
            .FirstOrDefault();
        return field is null ? null : new NaturalKey(field, value!, FormsOf(field, value!, plusAddressesAreOne));
    }

    /// <summary>Gives what the store keeps of the key: equal for equal records, and telling nobody the value.</summary>
    public string Hash(RecordRef target) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{target.Connection}\n{target.Type.Name}\n{Field.NativeName}\n{Forms[^1]}")));

    private static int? RankOf(FieldDefinition field) => field switch
    {
        { Name: FieldNames.Email } => 0,
        { Name: FieldNames.Domain } => 1,
        { Unique: true } => 2,
        _ => null,
    };

    // The last one is the plainest, by which two are compared.
    private static IReadOnlyList<string> FormsOf(FieldDefinition field, string value, bool plusAddressesAreOne)
    {
        var trimmed = value.Trim();
        var plain = field.Name switch
        {
            FieldNames.Email when plusAddressesAreOne => WithoutTag(trimmed.ToLowerInvariant()),
            FieldNames.Domain => MatchCompany.DomainOf(new CompanyClues(trimmed, null, null)) ?? trimmed.ToLowerInvariant(),
            _ => trimmed.ToLowerInvariant(),
        };
        return [.. new[] { trimmed, trimmed.ToLowerInvariant(), plain }.Distinct(StringComparer.Ordinal)];
    }

    private static string WithoutTag(string address) =>
        address.IndexOf('+', StringComparison.Ordinal) is var plus and > 0 && address.LastIndexOf('@') is var at && at > plus
            ? address[..plus] + address[at..]
            : address;
}

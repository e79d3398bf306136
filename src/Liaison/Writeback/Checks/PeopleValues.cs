using System.Globalization;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Writeback.Checks;

/// <summary>Format sanity for people data (R223): normalised or refused, by what the field is.</summary>
/// <remarks>
/// A field is an address, number, country or domain by its canonical name, or by how its name ends
/// (<c>work_email</c>, <c>MobilePhone</c>, <c>address1_country</c>). Choices are checked against the CRM's own list and pass here.
/// </remarks>
internal static class PeopleValues
{
    /// <summary>Gives the value as it is to be written, or why it is none of the kind.</summary>
    public static Result<FieldValue> Check(FieldDefinition field, FieldValue value)
    {
        var kind = field.Type == FieldType.Text ? PersonalKinds.Of(field) : PersonalKind.Other;
        if (kind == PersonalKind.Other || TextOf(value)?.Trim() is not { } text)
        {
            return value;
        }

        if (text.Length == 0)
        {
            return FieldValue.Empty;
        }

        return kind switch
        {
            PersonalKind.Other => value,
            PersonalKind.Email => CheckEmail(field, text),
            PersonalKind.Phone => PhoneSyntax.IsPlausible(text)
                ? new FieldValue.Text(text)
                : ValueWriter.Refuse(field, "takes a telephone number of 5 to 15 digits such as +49 30 123456"),
            PersonalKind.Country => Countries.CodeOf(text) is not null
                ? new FieldValue.Text(text)
                : ValueWriter.Refuse(field, "takes the name or ISO code of a country such as Germany or DE"),
            PersonalKind.Domain => DomainSyntax.Normalise(text) is { } domain
                ? new FieldValue.Text(domain)
                : ValueWriter.Refuse(field, "takes a web domain such as example.com"),
        };
    }

    private static Result<FieldValue> CheckEmail(FieldDefinition field, string text)
    {
        if (EmailSyntax.Normalise(text) is not { } address)
        {
            return ValueWriter.Refuse(field, "takes one e-mail address such as name@example.com");
        }

        return DisposableDomains.Has(address.AsSpan(address.LastIndexOf('@') + 1))
            ? ValueWriter.Refuse(field, "takes no address of a provider of disposable mailboxes; use one at which the person can be reached tomorrow")
            : new FieldValue.Text(address);
    }

    private static string? TextOf(FieldValue value) => value switch
    {
        FieldValue.Text text => text.Value,

        // Models like to give telephone numbers as numbers.
        FieldValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}

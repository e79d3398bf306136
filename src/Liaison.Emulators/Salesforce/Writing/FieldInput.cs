using System.Globalization;
using System.Net.Mail;
using Liaison.Emulators.Salesforce.Catalog;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Writing;

/// <summary>Reads what was given for one field into the value that is stored, or says why it cannot be (contract section 4).</summary>
internal static class FieldInput
{
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary>Reads a value that is no reference.</summary>
    /// <param name="isText">Whether the value came as text whatever the type, as in CSV.</param>
    public static SalesforceError? Read(SObjectField field, object? given, bool isText, out object? value)
    {
        value = given is string text ? text.Trim() : given;

        // Text is trimmed, and nothing is null (contract section 3.1).
        if (value is null or "")
        {
            value = null;
            return field.Type == SoqlType.Boolean ? new("INVALID_TYPE_ON_FIELD_IN_RECORD", $"{field.Label}: value not of required type: null", [field.Name]) : null;
        }

        return field.Type switch
        {
            SoqlType.Boolean => Truth(field, isText, ref value),
            SoqlType.Int or SoqlType.Double or SoqlType.Currency or SoqlType.Percent => Number(field, ref value),
            SoqlType.Date => Day(field, ref value),
            SoqlType.DateTime => Moment(field, ref value),
            SoqlType.Time => Clock(field, ref value),
            SoqlType.Base64 => Blob(field, value),
            SoqlType.Picklist => Picklist(field, value) ?? Length(field, value),
            SoqlType.MultiPicklist => MultiPicklist(field, ref value),
            SoqlType.Email => Email(field, value) ?? Length(field, value),
            _ => value is string ? Length(field, value) : Mismatch(field, value),
        };
    }

    private static SalesforceError? Truth(SObjectField field, bool isText, ref object? value)
    {
        if (value is bool)
        {
            return null;
        }

        if (value is string text && (isText || text is "true" or "false") && text.ToUpperInvariant() is "TRUE" or "FALSE" or "1" or "0")
        {
            value = text.ToUpperInvariant() is "TRUE" or "1" ? True : False;
            return null;
        }

        return Mismatch(field, value);
    }

    private static SalesforceError? Number(SObjectField field, ref object? value)
    {
        if (value is string text)
        {
            if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed))
            {
                return Mismatch(field, value);
            }

            value = parsed;
        }

        if (value is not decimal number)
        {
            return Mismatch(field, value);
        }

        if (field.Type == SoqlType.Int)
        {
            if (number != decimal.Truncate(number))
            {
                return Mismatch(field, value);
            }

            return Math.Abs(number) >= Power(field.Digits) ? OutOfRange(field, number) : null;
        }

        // Decimal places beyond the scale are rounded away; digits before it are not.
        value = decimal.Round(number, field.Scale, MidpointRounding.AwayFromZero);
        return Math.Abs((decimal)value) >= Power(field.Precision - field.Scale) ? OutOfRange(field, number) : null;
    }

    private static SalesforceError? Day(SObjectField field, ref object? value)
    {
        if (value is string text)
        {
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                value = day;
                return null;
            }

            if (Moments.TryParse(text, out var moment))
            {
                value = DateOnly.FromDateTime(moment.UtcDateTime);
                return null;
            }
        }

        return Mismatch(field, value);
    }

    private static SalesforceError? Moment(SObjectField field, ref object? value)
    {
        if (value is string text)
        {
            if (Moments.TryParse(text, out var moment))
            {
                value = Moments.ToSeconds(moment);
                return null;
            }

            // A bare day is taken for its midnight.
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                value = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
                return null;
            }
        }

        return Mismatch(field, value);
    }

    private static SalesforceError? Clock(SObjectField field, ref object? value)
    {
        if (value is string text && TimeOnly.TryParse(text.TrimEnd('Z'), CultureInfo.InvariantCulture, out var time))
        {
            value = time;
            return null;
        }

        return Mismatch(field, value);
    }

    private static SalesforceError? Blob(SObjectField field, object? value) =>
        value is string text && Convert.TryFromBase64String(text, new byte[text.Length], out _) ? null : Mismatch(field, value);

    private static SalesforceError? Picklist(SObjectField field, object? value) =>
        value is not string text ? Mismatch(field, value)
        : field.RestrictedPicklist && !field.Picklist.Any(known => known.IsActive && known.Value == text) ? BadValue(field, text) : null;

    private static SalesforceError? MultiPicklist(SObjectField field, ref object? value)
    {
        if (value is not string text)
        {
            return Mismatch(field, value);
        }

        // The set is kept in the order of the definition, whatever order was given.
        var given = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        if (field.RestrictedPicklist && given.FirstOrDefault(each => field.Picklist.All(known => known.Value != each)) is { } unknown)
        {
            return BadValue(field, unknown);
        }

        value = string.Join(';', given.OrderBy(each => field.Picklist.TakeWhile(known => known.Value != each).Count()));
        return null;
    }

    private static SalesforceError? Email(SObjectField field, object? value) =>
        value is not string text ? Mismatch(field, value)
        : IsAddress(text) ? null : new("INVALID_EMAIL_ADDRESS", $"{field.Label}: invalid email address: {text}", [field.Name]);

    private static bool IsAddress(string text) =>
        !text.Any(char.IsWhiteSpace) && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal)
        && !address.Host.StartsWith('.') && !address.Host.EndsWith('.');

    private static SalesforceError? Length(SObjectField field, object? value) =>
        value is string text && field.Length > 0 && text.Length > field.Length
            ? new("STRING_TOO_LONG", $"{field.Label}: data value too large: {text[..Math.Min(text.Length, 80)]} (max length={field.Length})", [field.Name]) : null;

    private static SalesforceError BadValue(SObjectField field, string value) =>
        new("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", $"{field.Label}: bad value for restricted picklist field: {value}", [field.Name]);

    private static SalesforceError OutOfRange(SObjectField field, decimal number) =>
        new("NUMBER_OUTSIDE_VALID_RANGE", $"{field.Label}: value outside of valid range on numeric field: {number.ToString(CultureInfo.InvariantCulture)}", [field.Name]);

    private static SalesforceError Mismatch(SObjectField field, object? value)
    {
        var (token, shown) = value switch
        {
            string text => ("VALUE_STRING", text),
            decimal number => ("VALUE_NUMBER", number.ToString(CultureInfo.InvariantCulture)),
            bool truth => (truth ? "VALUE_TRUE" : "VALUE_FALSE", truth ? "true" : "false"),
            _ => ("START_OBJECT", ""),
        };
        return new("JSON_PARSER_ERROR", $"Cannot deserialize instance of {FieldTable.Spelling(field.Type)} from {token} value {shown} or request may be missing a required field at [line:1, column:1]", [field.Name]);
    }

    private static decimal Power(int digits)
    {
        var power = 1m;
        for (var digit = 0; digit < Math.Min(digits, 27); digit++)
        {
            power *= 10;
        }

        return power;
    }
}

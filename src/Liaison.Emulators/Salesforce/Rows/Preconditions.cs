using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Rows;

/// <summary>Conditional requests on rows: dates for all objects, tags for accounts alone (contract section 3.3).</summary>
internal static class Preconditions
{
    public static string? TagOf(SObjectRow row) => row.Type.Name == "Account"
        ? $"\"{Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes($"{row.Id}{row.SystemModstamp.UtcTicks}")))}\"" : null;

    /// <summary>Gives 304 where a reader has the record already; <see langword="null"/> where it is to be read.</summary>
    public static Reply? Read(Call call, SObjectRow row)
    {
        if (TagOf(row) is { } tag && call.Header("If-None-Match") is { } known && known.Replace("--gzip", "", StringComparison.Ordinal) == tag)
        {
            return new Reply(304);
        }

        if (Moment(call, "If-Modified-Since") is { Moment: { } since } && row.LastModifiedDate <= since)
        {
            return new Reply(304);
        }

        return Unchanged(call, row);
    }

    /// <summary>Gives 412 where somebody changed the record since a writer read it, and 400 for a date that is none.</summary>
    public static Reply? Write(Call call, SObjectRow row)
    {
        foreach (var header in new[] { "If-Modified-Since", "If-Unmodified-Since" })
        {
            if (Moment(call, header) is { Given: true, Moment: null })
            {
                return Reply.Refuse(400, "INVALID_HTTP_HEADER", $"The value of the {header} header is no date.");
            }
        }

        return Unchanged(call, row)
            ?? (Moment(call, "If-Modified-Since") is { Moment: { } since } && row.LastModifiedDate <= since ? Failed() : null);
    }

    private static Reply? Unchanged(Call call, SObjectRow row)
    {
        if (TagOf(row) is { } tag && call.Header("If-Match") is { } expected && expected.Replace("--gzip", "", StringComparison.Ordinal) != tag)
        {
            return Failed();
        }

        return Moment(call, "If-Unmodified-Since") is { Moment: { } since } && row.LastModifiedDate > since ? Failed() : null;
    }

    private static Reply Failed() => Reply.Refuse(412, "ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE", "Entity was modified since the given date");

    private static (bool Given, DateTimeOffset? Moment) Moment(Call call, string header) => call.Header(header) is not { } text ? (false, null)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? (true, moment) : (true, null);
}

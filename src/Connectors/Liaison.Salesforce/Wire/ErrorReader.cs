using System.Text.Json;
using System.Text.RegularExpressions;
using Liaison.Connectors;
using Liaison.Wire;

namespace Liaison.Salesforce.Wire;

/// <summary>Reads Salesforce's error bodies in all their shapes (contracts/salesforce.md 10); any bytes give an answer.</summary>
internal static partial class ErrorReader
{
    /// <summary>Our word for the limit on long calls in flight, which shares its code with the daily one.</summary>
    internal const string TooManyLongCalls = "CONCURRENT_LIMIT_EXCEEDED";

    /// <summary>Our word for a session that no refresh mends (contracts/salesforce.md 1.10).</summary>
    internal const string SessionNotForApi = "SESSION_NOT_FOR_API";

    /// <summary>Our word for a field that is there and cannot be compared or ordered by.</summary>
    internal const string NotFilterable = "FIELD_NOT_FILTERABLE";

    /// <summary>Our word for every refusal by a transaction security policy of the organisation.</summary>
    internal const string SecurityPolicy = "TXN_SECURITY";

    /// <summary>Our word for one that comes of how such a policy is set up.</summary>
    internal const string SecurityMetering = "TXN_SECURITY_METERING";

    /// <summary>Our word for a key that several records hold, which shares its code with one that was taken in the meantime.</summary>
    internal const string SeveralRecords = "SEVERAL_RECORDS";

    internal const string RowLocked = "UNABLE_TO_LOCK_ROW";

    internal const string UnknownField = "INVALID_FIELD";

    private static readonly CrmError Unreadable = new("");

    private static readonly string[] DuplicateKeys = ["duplicateResut", "duplicateResult"];

    // Several errors may come at once: the first of these that is among them is acted on.
    private static readonly string[] Worst = ["INVALID_SESSION_ID", "REQUEST_LIMIT_EXCEEDED", TooManyLongCalls, UnknownField, RowLocked];

    internal static CrmError Read(int status, ReadOnlyMemory<byte> body) => CrmAnswers.ParseError(body, Read);

    /// <summary>Reads a list of errors: of a whole call, of a part of a composite one, or of one item of a collection.</summary>
    internal static CrmError Read(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Array => WorstOf([.. body.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(Of)]),

        // Token endpoints answer with one object.
        JsonValueKind.Object => Of(body),
        _ => Unreadable,
    };

    private static CrmError WorstOf(IReadOnlyList<CrmError> errors) =>
        Worst.Select(category => errors.FirstOrDefault(error => error.Category == category)).OfType<CrmError>().FirstOrDefault()
        ?? (errors is [var first, ..] ? first : Unreadable);

    private static CrmError Of(JsonElement error)
    {
        // Items of collections say statusCode where everything else says errorCode.
        var code = CrmAnswers.Word(error.Text("errorCode")) ?? CrmAnswers.Word(error.Text("statusCode")) ?? CrmAnswers.Word(error.Text("error")) ?? "";
        var told = Of(code, error.Text("message") ?? "", error.Texts("fields"));
        return code is "DUPLICATES_DETECTED" ? told with { ExistingId = MatchOf(error) } : told;
    }

    /// <summary>Reads an error that comes in parts, as in the result files of jobs.</summary>
    internal static CrmError Of(string code, string message, IEnumerable<string> fields)
    {
        code = CrmAnswers.Word(code) ?? "";
        var category = Category(code, message);
        return new(category)
        {
            Fields = [.. Fields(fields, category, message).Where(CrmAnswers.IsWord).Distinct().Select(name => new CrmFieldError(name, code))],
            ExistingId = code.StartsWith("DUPLICATE_", StringComparison.Ordinal) ? IdIn(message) : null,
        };
    }

    private static string Category(string code, string message)
    {
        if (code == "REQUEST_LIMIT_EXCEEDED" && message.Contains("Concurrent", StringComparison.OrdinalIgnoreCase))
        {
            return TooManyLongCalls;
        }

        if (code == "INVALID_SESSION_ID" && (message.Contains("not valid for use with the REST API", StringComparison.OrdinalIgnoreCase)
            || message.Contains("not attached to Agent", StringComparison.OrdinalIgnoreCase)))
        {
            return SessionNotForApi;
        }

        if (code == UnknownField && FilteredPattern().IsMatch(message))
        {
            return NotFilterable;
        }

        // What status 300 tells of a record by itself (contracts/salesforce.md 3.2).
        if (code == "DUPLICATE_EXTERNAL_ID" && message.Contains("more than one record", StringComparison.OrdinalIgnoreCase))
        {
            return SeveralRecords;
        }

        if (code.StartsWith(SecurityPolicy, StringComparison.Ordinal))
        {
            return code.StartsWith(SecurityMetering, StringComparison.Ordinal) ? SecurityMetering : SecurityPolicy;
        }

        // An id of another type says the same with a code that stands for much else.
        if (code == "FIELD_INTEGRITY_EXCEPTION" && message.Contains("id value of incorrect type", StringComparison.OrdinalIgnoreCase))
        {
            return "MALFORMED_ID";
        }

        // The automation of an organisation meets locks too and wraps their word into its own (contracts/salesforce.md 10).
        return message.Contains(RowLocked, StringComparison.Ordinal) ? RowLocked : code;
    }

    private static IEnumerable<string> Fields(IEnumerable<string> named, string category, string message) =>
        category == UnknownField && ColumnPattern().Match(message) is { Success: true } column ? named.Prepend(column.Groups[1].Value) : named;

    // Two spellings: the documented key is misspelt in the answers of live organisations (contracts/salesforce.md 10.1).
    private static string? MatchOf(JsonElement error) =>
        DuplicateKeys
            .Select(name => error.Member(name))
            .SelectMany(result => result.Items("matchResults"))
            .SelectMany(result => result.Items("matchRecords"))
            .Select(match => match.Member("record").Text("Id"))
            .OfType<string>()
            .Select(SalesforceId.Normalize)
            .FirstOrDefault(id => id is not null);

    private static string? IdIn(string message) =>
        IdPattern().Match(message) is { Success: true } match ? SalesforceId.Normalize(match.Groups[1].Value) : null;

    [GeneratedRegex("can ?not be (filtered|sorted|grouped)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FilteredPattern();

    [GeneratedRegex("No such column '([A-Za-z0-9_.]{1,120})'", RegexOptions.CultureInvariant)]
    private static partial Regex ColumnPattern();

    [GeneratedRegex("record with id: ([A-Za-z0-9]{15,18})", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}

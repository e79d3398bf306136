using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Liaison.Connectors;
using Liaison.Wire;

namespace Liaison.HubSpot.Wire;

/// <summary>Reads HubSpot's error bodies, of which no part is certain (contracts/hubspot.md 4); any bytes give an answer.</summary>
internal static partial class ErrorReader
{
    /// <summary>Our word for a 400 that has none: the type in the path does not exist.</summary>
    internal const string UnknownType = "UNKNOWN_OBJECT_TYPE";

    /// <summary>HubSpot's code for a property that is not there; it counts above the category that all field errors share.</summary>
    internal const string UnknownProperty = "PROPERTY_DOESNT_EXIST";

    /// <summary>HubSpot's category for a user who has no right to something.</summary>
    internal const string NoPermission = "USER_DOES_NOT_HAVE_PERMISSIONS";

    /// <summary>Our word for the 429 of a one-second limit, which only the message tells apart.</summary>
    internal const string Secondly = "SECONDLY";

    internal static CrmError Read(int status, ReadOnlyMemory<byte> body) =>
        CrmAnswers.ParseError(body, root => root.ValueKind == JsonValueKind.Object ? Read(status, root) : null);

    /// <summary>Reads one error object, which may be the whole body or one entry of a batch answer.</summary>
    internal static CrmError Read(int status, JsonElement error)
    {
        var message = error.Text("message") ?? "";

        List<CrmFieldError> fields = [.. Fields(error, message).Where(field => CrmAnswers.IsWord(field.Field)).DistinctBy(field => field.Field)];

        return new(fields.Exists(field => field.Code == UnknownProperty) ? UnknownProperty : Category(status, error, message))
        {
            CorrelationId = CrmAnswers.Word(error.Text("correlationId")),
            Fields = fields,
            MissingScopes = [.. Contexts(error).SelectMany(context => context.Texts("requiredGranularScopes").Concat(context.Texts("missingScopes"))).Where(CrmAnswers.IsWord).Distinct()],
            ExistingId = CrmAnswers.Word(Contexts(error).SelectMany(context => context.Texts("existingId")).FirstOrDefault()) ?? ExistingId(message),
        };
    }

    private static string Category(int status, JsonElement error, string message)
    {
        if (status == 429)
        {
            // The two recorded 429 bodies share no machine word: one has a policy name, the other's message says "secondly".
            var told = string.Create(CultureInfo.InvariantCulture, $"{error.Text("policyName")} {message}").ToUpperInvariant();
            string? policy =
                told.Contains("TEN_SECONDLY", StringComparison.Ordinal) ? "TEN_SECONDLY_ROLLING"
                : told.Contains("DAILY", StringComparison.Ordinal) ? "DAILY"
                : told.Contains("SECONDLY", StringComparison.Ordinal) ? Secondly
                : null;
            if (policy is not null)
            {
                return policy;
            }
        }

        if (status == 400 && message.StartsWith("Unable to infer object type", StringComparison.Ordinal))
        {
            return UnknownType;
        }

        // From 2026-09 a user without the right to edit associations gets a validation error, which only the message tells apart
        // (contracts/hubspot.md 1).
        if (status == 400 && message.Contains("permission", StringComparison.OrdinalIgnoreCase) && message.Contains("association", StringComparison.OrdinalIgnoreCase))
        {
            return NoPermission;
        }

        return error.Text("category") ?? error.Text("errorType") ?? "";
    }

    // The entries of errors[] may be fewer than those of the array inside the message: both are read.
    private static IEnumerable<CrmFieldError> Fields(JsonElement error, string message)
    {
        foreach (var detail in error.Items("errors"))
        {
            var code = CrmAnswers.Word(detail.Text("code")) ?? "";
            foreach (var name in detail.Member("context").Texts("propertyName"))
            {
                yield return new(name, code);
            }
        }

        // Of a rule of the administrator the top level alone may name the properties.
        foreach (var name in error.Member("context").Texts("properties"))
        {
            yield return new(name, "");
        }

        foreach (var entry in Embedded(message).Concat(error.Items("validationResults")))
        {
            if (entry.Text("name") is { } name)
            {
                yield return new(name, CrmAnswers.Word(entry.Text("error")) ?? "");
            }
        }
    }

    private static IReadOnlyList<JsonElement> Embedded(string message)
    {
        var start = message.IndexOf("[{", StringComparison.Ordinal);
        if (start < 0)
        {
            return [];
        }

        try
        {
            // Text may follow the array, so the reader stops at its end instead of refusing the rest.
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(message[start..]));
            return [.. JsonElement.ParseValue(ref reader).EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static IEnumerable<JsonElement> Contexts(JsonElement error) =>
        error.Items("errors").Select(detail => detail.Member("context")).Prepend(error.Member("context"));

    private static string? ExistingId(string message) =>
        ExistingIdPattern().Match(message) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"Existing ID: ([0-9]{1,20})", RegexOptions.CultureInvariant)]
    private static partial Regex ExistingIdPattern();
}

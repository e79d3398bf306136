using System.Text.Json;
using System.Text.RegularExpressions;

namespace Liaison.Gateway.Documents;

/// <summary>Tells what is wrong with a document, without the library's types and without its values.</summary>
internal static partial class DocumentFaults
{
    public static string Sentence(Exception exception)
    {
        var message = exception.Message;
        if (Missing().Match(message) is { Success: true } missing)
        {
            return $"The proposal lacks {missing.Groups[1].Value.Replace("'", "", StringComparison.Ordinal)}.";
        }

        if (Unknown().Match(message) is { Success: true } unknown)
        {
            return $"The proposal has a member \"{unknown.Groups[1].Value}\" that this kind of change does not know.";
        }

        if (message.Contains("discriminator", StringComparison.Ordinal) || exception is NotSupportedException)
        {
            return "The proposal says no known kind; give one of update-fields, create-record, associate, create-task, move-stage, assign-owner, log-summary, draft-message.";
        }

        return exception is JsonException { Path: { Length: > 0 } path } && path != "$"
            ? $"The proposal cannot be read at {path}: a value of another type is expected there."
            : "The proposal is no JSON object.";
    }

    [GeneratedRegex("missing required properties including:? (.*?)\\.")]
    private static partial Regex Missing();

    [GeneratedRegex("The JSON property '([^']*)' could not be mapped")]
    private static partial Regex Unknown();
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Liaison.Connectors;
using Liaison.Failures;

namespace Liaison.Wire;

/// <summary>Reads what a CRM answered: documents, errors, and the words in them that may be shown.</summary>
public static class CrmAnswers
{
    private const int LongestWord = 128;

    private static readonly CrmError Unreadable = new("");

    /// <summary>Reads an answer; one that is not the documented JSON is a fault on the way, and after a write an open outcome.</summary>
    /// <param name="crm">The CRM's name as people know it; it begins the sentence of a failure.</param>
    /// <param name="read">Reads the body; <see langword="null"/>, a <see cref="JsonException"/> or an <see cref="InvalidOperationException"/> where it is not as documented.</param>
    public static Result<T> Parse<T>(string crm, CrmAnswer answer, Func<ReadOnlyMemory<byte>, T?> read, CrmOperation operation = CrmOperation.Read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(read);

        try
        {
            if (read(answer.Body) is { } value)
            {
                return value;
            }
        }
        catch (Exception exception) when (IsForm(exception))
        {
            // Told below: the same as an answer without content.
        }

        var failure = operation.ChangesTheCrm
            ? new Failure(FailureKind.Ambiguous, $"{crm} took the change and its answer cannot be read; read the records to see what was done.")
            : new Failure(FailureKind.Unavailable, $"{crm}'s answer cannot be read; try again.");
        return failure with { CorrelationId = answer.CorrelationId };
    }

    /// <summary>Reads an answer that is one document.</summary>
    /// <param name="crm">The CRM's name as people know it; it begins the sentence of a failure.</param>
    public static Result<T> Parse<T>(string crm, CrmAnswer answer, JsonTypeInfo<T> type)
        where T : class => Parse(crm, answer, body => JsonSerializer.Deserialize(body.Span, type));

    /// <summary>Reads an error body, of which no part is certain; any bytes give an answer.</summary>
    /// <param name="read">Reads the root, of whatever kind it is; not called where the body is no JSON.</param>
    public static CrmError ParseError(ReadOnlyMemory<byte> body, Func<JsonElement, CrmError?> read)
    {
        ArgumentNullException.ThrowIfNull(read);

        // The edge answers in HTML and proxies cut bodies short: that says nothing more than its status.
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement) ?? Unreadable;
        }
        catch (Exception exception) when (IsForm(exception))
        {
            return Unreadable;
        }
    }

    /// <summary>Lets through what can be a name, a code or an id; an answer is foreign text, and sentences that people and models read are made of it.</summary>
    /// <returns><see langword="null"/> for anything else.</returns>
    public static string? Word(string? text) => text is not null && IsWord(text) ? text : null;

    /// <summary>Tells whether a text can be a name, a code or an id and nothing more.</summary>
    public static bool IsWord(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        return text.Length is > 0 and <= LongestWord && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
    }

    // Text that is no Unicode fails as an invalid operation, not as invalid JSON.
    private static bool IsForm(Exception exception) => exception is JsonException or InvalidOperationException;
}

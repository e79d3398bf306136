using System.Net.Http.Headers;
using Liaison.Failures;

namespace Liaison.Connectors;

/// <summary>Turns a CRM's error answer into a failure by its descriptor's table.</summary>
internal sealed class ErrorMap(ConnectorDescriptor descriptor, TimeProvider time)
{
    private const int MostFields = 5;

    /// <param name="changesRecords">Whether the call was a write, whose outcome may then be open.</param>
    public CallFault Read(WireAnswer answer, bool changesRecords)
    {
        var status = answer.Status ?? 0;
        var error = descriptor.ReadError(status, answer.Body);
        var rule = descriptor.Errors.FirstOrDefault(candidate => Fits(candidate, status, error.Category)) ?? Otherwise(status);
        var fields = error.Fields.Where(field => IsWord(field.Field)).DistinctBy(field => field.Field).ToList();
        var named = RetryAfterOf(answer.Headers);
        var failure = new Failure(
            rule.MayHaveCommitted && changesRecords ? FailureKind.Ambiguous : rule.Kind,
            WithFields(rule.Sentence, fields),
            named ?? rule.Wait)
        {
            Field = fields.Count == 1 ? fields[0].Field : null,
            CorrelationId = CorrelationOf(answer.Headers) ?? Word(error.CorrelationId),
            MissingScopes = [.. error.MissingScopes.Where(IsWord)],
            ExistingId = Word(error.ExistingId),
        };
        return new CallFault(failure, rule.Exhausted, named is not null)
        {
            MostRepeats = rule.MostRepeats,
            RenewalMayHelp = failure.Kind == FailureKind.Unauthenticated && rule.RenewalMayHelp,
        };
    }

    public string? CorrelationOf(HttpResponseHeaders? headers)
    {
        foreach (var name in descriptor.CorrelationHeaders)
        {
            if (headers is not null && headers.TryGetValues(name, out var values) && Word(values.FirstOrDefault()) is { } id)
            {
                return id;
            }
        }

        return null;
    }

    private TimeSpan? RetryAfterOf(HttpResponseHeaders? headers) => headers?.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private static bool Fits(ErrorRule rule, int status, string category) =>
        (rule.Statuses.Count == 0 || rule.Statuses.Contains(status))
        && (rule.Category is null || rule.Category.Equals(category, StringComparison.OrdinalIgnoreCase));

    // What a connector's table leaves open is read as HTTP means it; a server error after a write leaves its outcome open.
    private ErrorRule Otherwise(int status)
    {
        var crm = descriptor.DisplayName;
        return status switch
        {
            401 => Rule(FailureKind.Unauthenticated, $"{crm} does not accept the credential; the connection needs to be authorized anew."),
            403 => Rule(FailureKind.Forbidden, $"{crm} refuses this to the credential's owner; a right or scope is missing."),
            404 => Rule(FailureKind.NotFound, $"{crm} knows no such thing, or not for this credential."),
            410 => Rule(FailureKind.Unsupported, $"{crm} no longer offers this at the API version that the connection pins; pin a newer one."),
            409 or 412 => Rule(FailureKind.Conflict, $"{crm} reports a conflict with what it holds; read again before writing."),
            423 => Rule(FailureKind.Unavailable, $"{crm} holds the record locked; try again later."),
            429 => Rule(FailureKind.RateLimited, $"{crm} refuses more calls for the moment; wait before trying again."),
            >= 300 and < 400 => Rule(FailureKind.Invalid, $"{crm} answered with a redirect ({status}); check the connection's base URL."),
            408 or >= 500 => Rule(FailureKind.Unavailable, $"{crm} is unavailable ({status}); try again later.") with { MayHaveCommitted = true },
            _ => Rule(FailureKind.Invalid, $"{crm} refused the request as wrong ({status})."),
        };
    }

    private static ErrorRule Rule(FailureKind kind, string sentence) => new([], null, kind, sentence);

    private static string WithFields(string sentence, List<CrmFieldError> fields)
    {
        if (fields.Count == 0)
        {
            return sentence;
        }

        var shown = fields.Take(MostFields).Select(field => IsWord(field.Code) ? $"{field.Field} ({field.Code})" : field.Field);
        var more = fields.Count > MostFields ? $" and {fields.Count - MostFields} more" : "";
        return $"{sentence.TrimEnd('.')}: {string.Join(", ", shown)}{more}.";
    }

    // A CRM's answer is foreign text: only what can be a name, a code or an id passes into sentences that people and models read.
    private static string? Word(string? text) => text is not null && IsWord(text) ? text : null;

    private static bool IsWord(string text) =>
        text.Length is > 0 and <= 128
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or ':' or '/');
}

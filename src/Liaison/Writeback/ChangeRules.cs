using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;
using Liaison.Writeback.Checks;

namespace Liaison.Writeback;

/// <summary>Checks a change as a whole: the rules of AI fields and of the policy, what it claims, and whom it is about.</summary>
internal sealed class ChangeRules(PolicyOptions policy, RecordSchema permitted, RecordSchema schema, DateTimeOffset now)
{
    // Compiled once for all changes of a submit: a run brings hundreds of them at a time.
    private readonly Lazy<Result<BusinessRules>> rules = new(() => BusinessRules.Compile(
        [.. policy.Rules.Where(rule => rule.Type == schema.Type.Name)], schema, now));

    /// <summary>Checks all rules.</summary>
    /// <param name="basis">The record that the fields are of; <see langword="null"/> for one that is yet to be made.</param>
    /// <param name="about">The record that the change is about.</param>
    /// <returns>What a person has to look at, a sentence each; or the first broken rule.</returns>
    public Result<IReadOnlyList<string>> Check(
        ChangeSet change, ActionPlan plan, IReadOnlyList<WrittenField> fields, Record? basis, Record? about)
    {
        // By what the fields are and not by how the caller called them.
        if (AiOutputRules.Check([.. fields.Select(field => new FieldChange(field.Definition.Name, field.Value))]) is { } broken)
        {
            return broken;
        }

        if (change.Action is ChangeAction.DraftMessage && OptedOut(about) is { } optedOut)
        {
            return optedOut;
        }

        return plan.Operation is WriteOperation.Update or WriteOperation.Create && BrokenRule(fields, basis) is { } rule
            ? rule
            : Result<IReadOnlyList<string>>.Of(Claims(change, fields, about));
    }

    private Failure? OptedOut(Record? about) =>
        !policy.DraftToOptedOut && about?[FieldNames.OptedOut] is FieldValue.Flag { Value: true }
            ? new Failure(
                FailureKind.Denied,
                "The person has opted out, and nothing is drafted to them; policy.draftToOptedOut can allow it.") { DeniedBy = DeniedBy.Policy }
            : null;

    private Failure? BrokenRule(IReadOnlyList<WrittenField> fields, Record? basis)
    {
        if (!rules.Value.TryGet(out var compiled, out var failure))
        {
            return failure;
        }

        var after = fields.ToDictionary(field => field.Definition.Name, field => field.Value, StringComparer.Ordinal);
        return compiled.Check(
            after.Keys,
            name => after.TryGetValue(name, out var value) ? value : basis is null ? FieldValue.Empty : basis[name]);
    }

    // What a model claims has to stand somewhere; what stands nowhere may still be right, but a person has to say so (R221). It is
    // looked up in what the caller may read alone, or guesses at a hidden value could be tried out, and in what the change itself
    // writes: a rationale may name the score beside it. Where a text sends its reader a person looks even if the address stands in
    // the evidence, which may be an outsider's.
    private IReadOnlyList<string> Claims(ChangeSet change, IReadOnlyList<WrittenField> fields, Record? about)
    {
        if (change.Evidence is not { } evidence)
        {
            return [];
        }

        List<string> proposed = [.. fields.Where(IsText).Select(field => TextOf(field.Value))];
        var known = (about?.Fields.Values ?? [])
            .Where(field => permitted.Fields.ContainsKey(field.Name))
            .Select(field => TextOf(field.Value))
            .Concat(evidence.Select(cited => cited.Text))
            .Concat(fields.Where(field => !IsText(field)).Select(field => TextOf(field.Value)));
        var links = proposed.SelectMany(ClaimedFacts.In).Count(claim => claim.Kind == ClaimKind.Link);
        return
        [
            .. ClaimedFacts.Unsupported(proposed, [.. known])
                .Where(claim => claim.Kind != ClaimKind.Link)
                .GroupBy(claim => claim.Kind)
                .Select(group => $"{group.Count()} claimed {group.Key.ToString().ToLowerInvariant()}{(group.Count() == 1 ? " stands" : "s stand")} in no cited evidence."),
            .. links == 0 ? Array.Empty<string>() : [$"{links} {(links == 1 ? "link leads" : "links lead")} out of the CRM; look where to."],
        ];
    }

    private static bool IsText(WrittenField field) => field.Value is FieldValue.Text or FieldValue.RichText;

    private static string TextOf(FieldValue? value) => value is FieldValue.RichText rich ? HtmlText.ToPlain(rich.Html) : ValueText.Of(value);
}

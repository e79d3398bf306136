using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading.Filters;

namespace Liaison.Writeback.Checks;

/// <summary>Rules across fields (R222): out of <c>policy.rules</c>, judged on the record as it would become.</summary>
/// <remarks>
/// Compiled against one schema and one moment: "today" in a rule is the day of <c>now</c> in UTC, so that whoever keeps compiled rules
/// lets them go with the schema and at midnight.
/// </remarks>
internal sealed class BusinessRules
{
    private readonly RecordSchema schema;
    private readonly IReadOnlyList<Rule> rules;

    private BusinessRules(RecordSchema schema, IReadOnlyList<Rule> rules)
    {
        this.schema = schema;
        this.rules = rules;
    }

    /// <summary>Compiles the rules of the schema's record type; a rule that says nothing there is a refusal and never passed over.</summary>
    public static Result<BusinessRules> Compile(IReadOnlyList<RuleOptions> rules, RecordSchema whole, DateTimeOffset now)
    {
        var compiled = new List<Rule>();
        foreach (var rule in rules.Where(rule => string.Equals(rule.Type, whole.Type.Name, StringComparison.OrdinalIgnoreCase)))
        {
            if (!Bind(rule, "when", rule.When ?? "everything", whole, now).TryGet(out var when, out var failure)
                || !Bind(rule, "require", rule.Require, whole, now).TryGet(out var require, out failure))
            {
                return failure;
            }

            compiled.Add(new Rule(rule, when, require, [.. FilterFields.Of(when).Union(FilterFields.Of(require), StringComparer.Ordinal)]));
        }

        return new BusinessRules(whole, compiled);
    }

    /// <summary>Gives the canonical names of the fields that rules which touch a changed field look at.</summary>
    public IReadOnlyList<string> FieldsNeeded(IReadOnlyCollection<string> changed) =>
        [.. Touched(changed).SelectMany(rule => rule.Fields).Distinct(StringComparer.Ordinal)];

    /// <summary>Gives the first broken rule; <see langword="null"/> when all hold that touch a changed field.</summary>
    /// <param name="changed">The canonical names of the changed fields.</param>
    /// <param name="after">Gives what a field would hold after the change; <see langword="null"/> for one that was not read.</param>
    public Failure? Check(IReadOnlyCollection<string> changed, Func<string, FieldValue?> after) =>
        Touched(changed).Select(rule => Check(rule, changed, after)).FirstOrDefault(failure => failure is not null);

    private IEnumerable<Rule> Touched(IReadOnlyCollection<string> changed) => rules.Where(rule => rule.Fields.Any(changed.Contains));

    private Failure? Check(Rule rule, IReadOnlyCollection<string> changed, Func<string, FieldValue?> after)
    {
        var applies = FilterEvaluation.Holds(rule.When, Stored);
        var holds = applies == false ? true : FilterEvaluation.Holds(rule.Require, Stored);
        return (applies, holds) switch
        {
            (_, true) => null,
            (true, false) => Refuse(rule, changed, $"{rule.Said.Message.TrimEnd('.', ' ')} (rule \"{rule.Said.Name}\")."),
            _ => Unproven(rule, changed, after),
        };

        FieldValue? Stored(string name) => after(name) is { } value && schema.Find(name) is { } field ? StoredForm.Of(value, field) : null;
    }

    // What was not read may break the rule: it is refused, since nothing is written on the chance that it holds.
    private static Failure Unproven(Rule rule, IReadOnlyCollection<string> changed, Func<string, FieldValue?> after)
    {
        var unread = rule.Fields.Where(name => after(name) is null or FieldValue.Unreadable).ToList();
        return Refuse(
            rule,
            changed,
            $"The rule \"{rule.Said.Name}\" cannot be shown to hold without {(unread.Count > 0 ? string.Join(" and ", unread) : "values that can be compared")}; "
                + "let the caller read what the rule looks at, or propose a value for it.");
    }

    private static Failure Refuse(Rule rule, IReadOnlyCollection<string> changed, string sentence) =>
        new(FailureKind.Invalid, sentence) { Field = rule.Fields.First(changed.Contains) };

    private static Result<RecordFilter> Bind(RuleOptions rule, string part, string text, RecordSchema whole, DateTimeOffset now)
    {
        var bound = FilterParser.Parse(text).Then(syntax => FilterBinder.Bind(syntax, whole, now, TimeZoneInfo.Utc));
        return bound.Failure is not { } failure
            ? bound
            : failure.Kind == FailureKind.NotFound
            ? new Failure(
                FailureKind.Drifted,
                $"The rule \"{rule.Name}\" looks at \"{failure.Field}\", which {whole.Type} does not have in this CRM; mend {part} under policy.rules or create the field.")
            {
                Field = failure.Field,
            }
            : new Failure(
                FailureKind.Invalid, $"The rule \"{rule.Name}\" cannot be judged on {whole.Type}; mend {part} under policy.rules: {failure.Message}")
            {
                Field = failure.Field,
            };
    }

    private sealed record Rule(RuleOptions Said, RecordFilter When, RecordFilter Require, IReadOnlyList<string> Fields);
}

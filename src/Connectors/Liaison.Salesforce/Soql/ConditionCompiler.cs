using System.Diagnostics;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Soql;

/// <summary>Compiles a filter to the condition of a statement: names are checked, values are printed by their type, nothing else goes in.</summary>
/// <param name="native">Gives the object's field of a name.</param>
internal sealed class ConditionCompiler(Func<string, string> native)
{
    internal Result<SoqlCondition> Compile(RecordFilter filter) => filter switch
    {
        RecordFilter.All all => all.Parts.Aggregate(
            Result<SoqlCondition>.Of(SoqlCondition.Everything), (whole, part) => whole.Then(left => Compile(part).Then(right => Result<SoqlCondition>.Of(left.And(right))))),
        RecordFilter.Any any => any.Parts.Aggregate(
            Result<SoqlCondition>.Of(SoqlCondition.Nothing), (whole, part) => whole.Then(left => Compile(part).Then(right => Result<SoqlCondition>.Of(left.Or(right))))),
        RecordFilter.Compare compare => Field(compare.Field).Then(field => Compile(compare, field)),
        RecordFilter.OneOf oneOf => Field(oneOf.Field).Then(field => Compile(oneOf, field)),
        RecordFilter.HasValue has => Field(has.Field).Then(field => Result<SoqlCondition>.Of(Presence(field, has.Negated))),
        _ => throw new UnreachableException(),
    };

    private static Result<SoqlCondition> Compile(RecordFilter.Compare compare, string field)
    {
        if (compare.Value.IsEmpty)
        {
            return compare.By switch
            {
                Comparison.Equal => Presence(field, negated: true),
                Comparison.NotEqual => Presence(field, negated: false),
                _ => Refusals.NotComparable(compare.Field),
            };
        }

        if (compare.By == Comparison.Contains)
        {
            return Contains(compare, field);
        }

        if (SoqlLiteral.Of(compare.Value) is not { } literal)
        {
            return Refusals.NotComparable(compare.Field);
        }

        // Statements know whole seconds. A time between two of them is set against the second that it lies in.
        var between = compare.Value is FieldValue.Instant { Value.Ticks: var ticks } && ticks % TimeSpan.TicksPerSecond != 0;
        return (compare.By, compare.Value) switch
        {
            (Comparison.Equal, FieldValue.Instant instant) when between => Within(field, instant.Value),
            (Comparison.NotEqual, FieldValue.Instant instant) when between => Term($"(NOT {Soql(Within(field, instant.Value))})").Or(Presence(field, negated: true)),
            (Comparison.Less, _) when between => Term($"{field} <= {literal}"),
            (Comparison.GreaterOrEqual, _) when between => Term($"{field} > {literal}"),
            (Comparison.Equal, _) => Term($"{field} = {literal}"),

            // A check box is never without a value, and Salesforce takes no null for one.
            (Comparison.NotEqual, FieldValue.Flag) => Term($"{field} != {literal}"),
            (Comparison.NotEqual, _) => Term($"{field} != {literal}").Or(Presence(field, negated: true)),
            (Comparison.Less, _) => Term($"{field} < {literal}"),
            (Comparison.LessOrEqual, _) => Term($"{field} <= {literal}"),
            (Comparison.Greater, _) => Term($"{field} > {literal}"),
            _ => Term($"{field} >= {literal}"),
        };
    }

    private static Result<SoqlCondition> Compile(RecordFilter.OneOf oneOf, string field)
    {
        List<string> literals = [];
        var orEmpty = false;
        foreach (var value in oneOf.Values)
        {
            if (value.IsEmpty)
            {
                orEmpty = true;
            }
            else if (SoqlLiteral.Of(value) is { } literal)
            {
                literals.Add(literal);
            }
            else
            {
                return Refusals.NotComparable(oneOf.Field);
            }
        }

        var presence = Presence(field, negated: !oneOf.Negated);
        var listed = literals.Count == 0
            ? oneOf.Negated ? SoqlCondition.Everything : SoqlCondition.Nothing
            : Term($"{field} {(oneOf.Negated ? "NOT IN" : "IN")} ({string.Join(", ", literals.Distinct(StringComparer.Ordinal))})");
        return (oneOf.Negated, orEmpty) switch
        {
            (false, false) => listed,
            (false, true) => listed.Or(presence),
            (true, true) => listed.And(presence),
            (true, false) => listed.Or(Presence(field, negated: true)),
        };
    }

    // Every word of the text has to stand in the field; a wildcard in it is a letter and does not widen the question.
    private static Result<SoqlCondition> Contains(RecordFilter.Compare compare, string field)
    {
        if (compare.Value is FieldValue.Option or FieldValue.OptionList)
        {
            var choices = compare.Value is FieldValue.OptionList list ? list.Options : [(FieldValue.Option)compare.Value];
            var literals = choices.Select(choice => SoqlLiteral.Quoted(choice.Value)).ToList();
            return literals.Count == 0 || literals.Contains(null)
                ? Refusals.NotComparable(compare.Field)
                : literals.Aggregate(SoqlCondition.Everything, (whole, literal) => whole.And(Term($"{field} INCLUDES ({literal})")));
        }

        var text = compare.Value switch
        {
            FieldValue.Text plain => plain.Value,
            FieldValue.RichText rich => rich.Html,
            _ => "",
        };
        var patterns = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(SoqlLiteral.Containing).ToList();
        return patterns.Count == 0 || patterns.Contains(null)
            ? Refusals.NotComparable(compare.Field)
            : patterns.Aggregate(SoqlCondition.Everything, (whole, pattern) => whole.And(Term($"{field} LIKE {pattern}")));
    }

    private static SoqlCondition Within(string field, DateTimeOffset instant) =>
        Term($"{field} >= {SoqlLiteral.Instant(instant)}").And(Term($"{field} < {SoqlLiteral.Instant(instant.AddSeconds(1))}"));

    private static string Soql(SoqlCondition condition) => ((SoqlCondition.Term)condition).Soql;

    private static SoqlCondition.Term Presence(string field, bool negated) => Term($"{field} {(negated ? "=" : "!=")} null");

    private static SoqlCondition.Term Term(string soql) => new SoqlCondition.Term(soql);

    private Result<string> Field(string name)
    {
        var field = native(name);
        return IsPath(field) ? field : Refusals.NoSuchField(name);
    }

    /// <summary>Tells whether a text is a field or the path to one of a parent, at most five up (contracts/salesforce.md 6.2).</summary>
    internal static bool IsPath(string text) => text.Split('.') is { Length: <= 6 } steps && steps.All(SalesforcePaths.IsName);
}

using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Reading.Filters;

/// <summary>Binds one condition: finds the field, checks that it can be compared so, types the values.</summary>
internal static class ConditionBinding
{
    public static Result<RecordFilter> Bind(FilterSyntax.Condition condition, RecordSchema schema, FilterClock clock) =>
        FieldLookup.Find(schema, condition.Field).Then(field => Check(condition, field) is { } refused ? refused : condition.Operator switch
        {
            FilterOperator.IsEmpty => new RecordFilter.HasValue(field.Name, Negated: true),
            FilterOperator.HasValue => new RecordFilter.HasValue(field.Name),
            FilterOperator.InTheLast => FilterDuration.Read(condition.Operands[0])
                .Then(span => Result<RecordFilter>.Of(MomentComparison.InTheLast(field, span, clock))),
            FilterOperator.Between => Between(condition, field, clock),
            FilterOperator.In or FilterOperator.NotIn => OneOf(condition, field, clock),
            _ => One(condition.Operator, condition.Operands[0], field, clock),
        });

    /// <summary>Refuses what would compare nothing or mean another thing in each CRM.</summary>
    private static Failure? Check(FilterSyntax.Condition condition, FieldDefinition field)
    {
        var temporal = field.Type is FieldType.Date or FieldType.Instant;
        var ordered = temporal || field.Type is FieldType.Number or FieldType.Money or FieldType.TimeOfDay;
        var holds = condition.Operator switch
        {
            FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual
                or FilterOperator.Between when !ordered => "has no order; use \"is\", \"is not\", \"in\" or \"has a value\"",
            FilterOperator.InTheLast when !temporal => "holds no time, so that \"in the last\" says nothing",
            FilterOperator.Contains when field.Type is not (FieldType.Text or FieldType.RichText or FieldType.OptionList) =>
                "holds no text; use \"is\" or \"in\" in place of \"contains\"",
            FilterOperator.Equal or FilterOperator.NotEqual or FilterOperator.In or FilterOperator.NotIn when field.Type == FieldType.RichText =>
                "holds marked-up text; use \"contains\", \"is empty\" or \"has a value\"",
            _ => null,
        };
        return holds is null ? null : OperandTyping.Refuse(condition.OperatorColumn, field, holds);
    }

    private static Result<RecordFilter> One(FilterOperator by, FilterOperand operand, FieldDefinition field, FilterClock clock) =>
        field.Type is FieldType.Date or FieldType.Instant
            ? OperandTyping.Moment(operand, field, clock).Then(moment => Result<RecordFilter>.Of(MomentComparison.Compare(field, by, moment)))
            : OperandTyping.Value(operand, field).Then(value => Result<RecordFilter>.Of(MomentComparison.Against(field, by, value)));

    private static Result<RecordFilter> Between(FilterSyntax.Condition condition, FieldDefinition field, FilterClock clock) =>
        One(FilterOperator.GreaterOrEqual, condition.Operands[0], field, clock).Then(from =>
            One(FilterOperator.LessOrEqual, condition.Operands[1], field, clock).Then(to =>
                Result<RecordFilter>.Of(new RecordFilter.All([from, to]))));

    private static Result<RecordFilter> OneOf(FilterSyntax.Condition condition, FieldDefinition field, FilterClock clock)
    {
        var parts = new List<RecordFilter>();
        foreach (var operand in condition.Operands)
        {
            if (!One(FilterOperator.Equal, operand, field, clock).TryGet(out var part, out var failure))
            {
                return failure;
            }

            parts.Add(part);
        }

        var negated = condition.Operator == FilterOperator.NotIn;
        var values = parts.OfType<RecordFilter.Compare>().Select(part => part.Value).Distinct().ToList();
        if (values.Count > 0 && parts.TrueForAll(part => part is RecordFilter.Compare))
        {
            return new RecordFilter.OneOf(field.Name, values, negated);
        }

        // Whole days in a list of points in time are ranges, which no list can hold.
        var any = FilterShape.Any(parts);
        return negated ? FilterNegation.Of(any) : any;
    }
}

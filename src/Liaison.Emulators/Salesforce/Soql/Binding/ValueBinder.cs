using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>Looks up fields and the functions of one row; what adds rows up is not here.</summary>
internal sealed class ValueBinder(BindContext context, Scope scope)
{
    public BoundValue? Bind(SoqlExpression expression) => expression switch
    {
        SoqlExpression.Field field => scope.Path(field.Path) is { } path ? new BoundValue(path.Read, path.Field.Type, path.Field.Name, path) : null,
        SoqlExpression.Distance distance => Distance(distance),
        SoqlExpression.Call call => Call(call),
        _ => null,
    };

    private BoundValue? Call(SoqlExpression.Call call)
    {
        if (call.Function.IsAggregate() || call.Function == SoqlFunction.Grouping)
        {
            context.Refuse("MALFORMED_QUERY", call.Mark.Offset, $"Grouped field should not be aggregated or used outside of a grouped query: {SoqlFunctions.NameOf(call.Function)}");
            return null;
        }

        if (call.Arguments.Count != 1)
        {
            context.Refuse("MALFORMED_QUERY", call.Mark.Offset, $"{SoqlFunctions.NameOf(call.Function)} takes one field.");
            return null;
        }

        return Bind(call.Arguments[0]) is { } inner ? Apply(call, inner) : null;
    }

    /// <summary>Makes the value of a function of one field, or of one aggregate.</summary>
    public BoundValue? Apply(SoqlExpression.Call call, BoundValue inner)
    {
        var shown = SoqlPrinter.Print(call);
        if (call.Function.IsDatePart())
        {
            return inner.IsDay ? DateParts.Bind(call.Function, inner, context.Locale, shown) : Unfit(call, inner);
        }

        return call.Function switch
        {
            SoqlFunction.ToLabel when inner.Field is { } field && inner.IsText => new BoundValue(row => Label(field, inner.Read(row)), SoqlType.String, shown) { Field = field },
            SoqlFunction.Format => new BoundValue(row => DisplayText.Of(inner.Read(row), inner.Type, context.Locale), SoqlType.String, shown) { Field = inner.Field },
            SoqlFunction.ConvertCurrency when inner.Type == SoqlType.Currency => new BoundValue(row => Converted(inner.Read(row), row), SoqlType.Currency, shown) { Field = inner.Field },
            SoqlFunction.ConvertTimezone when inner.Type == SoqlType.DateTime => new BoundValue(row => Local(inner.Read(row)), SoqlType.DateTime, shown) { Field = inner.Field },
            _ => Unfit(call, inner),
        };
    }

    private BoundValue? Unfit(SoqlExpression.Call call, BoundValue inner)
    {
        context.Refuse("INVALID_FIELD", call.Mark.Offset, $"field {inner.Shown} does not support the function {SoqlFunctions.NameOf(call.Function)}");
        return null;
    }

    private static string? Label(SoqlField field, object? value) => value is string text
        ? string.Join(';', text.Split(';').Select(each => field.Labels.GetValueOrDefault(each, each)))
        : null;

    private DateTimeOffset? Local(object? value) =>
        value is DateTimeOffset moment ? new DateTimeOffset(TimeZoneInfo.ConvertTime(moment, context.Locale.Zone).DateTime, TimeSpan.Zero) : null;

    private decimal? Converted(object? value, ISoqlRow row) => value is decimal amount ? Money.InUserCurrency(amount, row, scope.Object, context.Locale) : null;

    private BoundValue? Distance(SoqlExpression.Distance distance)
    {
        if (scope.Path(distance.Location) is not { } path)
        {
            return null;
        }

        if (path.Field.Type is not (SoqlType.Location or SoqlType.Address))
        {
            context.Refuse("INVALID_FIELD", distance.Location.Mark.Offset, $"field {path.Field.Name} is no location");
            return null;
        }

        return new BoundValue(row => Geography.Distance(path.Read(row) as SoqlCompound, distance), SoqlType.Double, SoqlPrinter.Print(distance));
    }
}

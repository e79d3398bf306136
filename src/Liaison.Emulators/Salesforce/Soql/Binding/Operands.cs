using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>Brings a literal to the type of what it is compared with, or says how it should have been written.</summary>
internal sealed class Operands(BindContext context)
{
    /// <summary>Gives the value; null stands for an empty one. False, with the fault set, where the literal does not fit.</summary>
    public bool TryRead(BoundValue of, SoqlLiteral literal, out object? value)
    {
        value = null;
        switch (literal)
        {
            case SoqlLiteral.Nothing:
                value = of.Type == SoqlType.Boolean ? false : null; // An empty checkbox is an unchecked one.
                return true;
            case SoqlLiteral.Text text when of.IsId:
                return TryId(text.Value, out value);
            case SoqlLiteral.Text text when of.IsText:
                value = text.Value.Length == 0 ? null : text.Value;
                return true;
            case SoqlLiteral.Number number when of.IsNumber:
                value = number.Value;
                return true;
            case SoqlLiteral.Money money when of.Type == SoqlType.Currency && context.Locale.Currencies is { } currencies:
                value = Money.Convert(money.Amount, money.Currency, currencies.Corporate, currencies);
                return true;
            case SoqlLiteral.Flag flag when of.Type == SoqlType.Boolean:
                value = flag.Value;
                return true;
            case SoqlLiteral.Date date when of.Type == SoqlType.Date:
                value = date.Value;
                return true;
            case SoqlLiteral.DateTime moment when of.Type == SoqlType.DateTime:
                value = moment.Value;
                return true;
            case SoqlLiteral.Time time when of.Type == SoqlType.Time:
                value = time.Value;
                return true;
            default:
                RefuseType(of, literal);
                return false;
        }
    }

    private bool TryId(string text, out object? value)
    {
        value = text.Length == 0 ? null : SoqlIds.Normalize(text);
        if (text.Length > 0 && value is null)
        {
            context.Refuse("INVALID_QUERY_FILTER_OPERATOR", $"invalid ID field: {text}");
            return false;
        }

        return true;
    }

    private void RefuseType(BoundValue of, SoqlLiteral literal)
    {
        var isText = of.IsText || of.IsId;
        context.Refuse(
            "INVALID_FIELD",
            literal.Mark.Offset,
            $"value of filter criterion for field '{of.Shown}' must be of type {TypeName(of.Type)} and should {(isText ? "be" : "not be")} enclosed in quotes");
    }

    private static string TypeName(SoqlType type) => type switch
    {
        SoqlType.Id or SoqlType.Reference => "ID",
        SoqlType.Boolean => "boolean",
        SoqlType.Int => "integer",
        SoqlType.Double or SoqlType.Currency or SoqlType.Percent => "double",
        SoqlType.Date => "date",
        SoqlType.DateTime => "dateTime",
        SoqlType.Time => "time",
        _ => "string",
    };
}

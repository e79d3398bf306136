using System.Globalization;
using System.Text;

namespace Liaison.Emulators.Salesforce.Soql.Syntax;

/// <summary>Writes values as statements have them.</summary>
internal static class LiteralText
{
    public static void Write(StringBuilder text, SoqlLiteral literal)
    {
        switch (literal)
        {
            case SoqlLiteral.Nothing:
                text.Append("null");
                break;
            case SoqlLiteral.Text quoted:
                TextEscapes.Write(text, quoted.Value, pattern: false);
                break;
            case SoqlLiteral.Pattern pattern:
                TextEscapes.Write(text, pattern.Value, pattern: true);
                break;
            case SoqlLiteral.Number number:
                text.Append(number.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case SoqlLiteral.Flag flag:
                text.Append(flag.Value ? "true" : "false");
                break;
            case SoqlLiteral.Date date:
                text.Append(date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case SoqlLiteral.DateTime moment:
                text.Append(moment.Value.ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture));
                break;
            case SoqlLiteral.Time time:
                text.Append(time.Value.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture)).Append('Z');
                break;
            case SoqlLiteral.Relative relative:
                text.Append(DateLiterals.Print(relative));
                break;
            case SoqlLiteral.Money money:
                text.Append(money.Currency).Append(money.Amount.ToString(CultureInfo.InvariantCulture));
                break;
        }
    }
}

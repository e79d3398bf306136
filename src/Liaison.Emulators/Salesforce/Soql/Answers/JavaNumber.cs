using System.Globalization;

namespace Liaison.Emulators.Salesforce.Soql.Answers;

/// <summary>Numbers with a fraction as the platform's Java writes them: 125000.0, and 1.39E8 from ten million on (contract section 4).</summary>
internal static class JavaNumber
{
    private const int MostDigits = 17;

    public static string Of(decimal number)
    {
        var value = (double)number;
        var size = Math.Abs(value);
        var (digits, exponent) = size is 0 or (>= 1e-3 and < 1e7) ? (value.ToString("R", CultureInfo.InvariantCulture), "") : Scientific(value);
        return $"{digits}{(digits.Contains('.', StringComparison.Ordinal) ? "" : ".0")}{exponent}";
    }

    private static (string Digits, string Exponent) Scientific(double value)
    {
        var shortest = Enumerable.Range(0, MostDigits)
            .Select(precision => value.ToString($"E{precision}", CultureInfo.InvariantCulture))
            .First(text => double.Parse(text, CultureInfo.InvariantCulture).Equals(value));
        var parts = shortest.Split('E');
        return (parts[0], $"E{int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}");
    }
}

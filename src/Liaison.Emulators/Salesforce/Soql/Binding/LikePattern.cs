namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>The text behind LIKE: % stands for any characters, _ for one, a backslash takes both their meaning.</summary>
/// <remarks>Matched by hand with one step back, so that no pattern, however hostile, takes more than length times length.</remarks>
internal sealed class LikePattern
{
    private readonly List<(char Symbol, bool Any, bool One)> _signs = [];

    public LikePattern(string pattern)
    {
        for (var at = 0; at < pattern.Length; at++)
        {
            var symbol = pattern[at];
            if (symbol == '\\' && at + 1 < pattern.Length)
            {
                _signs.Add((char.ToUpperInvariant(pattern[++at]), false, false));
            }
            else
            {
                _signs.Add((char.ToUpperInvariant(symbol), symbol == '%', symbol == '_'));
            }
        }
    }

    public bool Matches(string text)
    {
        var (at, sign, resumeText, resumeSign) = (0, 0, 0, -1);
        while (at < text.Length)
        {
            if (sign < _signs.Count && _signs[sign].Any)
            {
                resumeSign = ++sign;
                resumeText = at;
            }
            else if (sign < _signs.Count && (_signs[sign].One || _signs[sign].Symbol == char.ToUpperInvariant(text[at])))
            {
                sign++;
                at++;
            }
            else if (resumeSign >= 0)
            {
                sign = resumeSign;
                at = ++resumeText;
            }
            else
            {
                return false;
            }
        }

        while (sign < _signs.Count && _signs[sign].Any)
        {
            sign++;
        }

        return sign == _signs.Count;
    }
}

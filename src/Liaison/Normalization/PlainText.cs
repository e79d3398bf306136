using System.Globalization;
using System.Text;

namespace Liaison.Normalization;

/// <summary>Plain text in the making: blanks folded, at most one empty line in a row, invisible characters dropped, blocks indented.</summary>
internal sealed class PlainText
{
    private readonly StringBuilder text = new();
    private readonly Stack<string> prefixes = [];
    private int pendingBreaks;
    private bool pendingSpace;
    private string bullet = "";

    /// <summary>Adds running text; every run of blanks is one.</summary>
    public void Append(ReadOnlySpan<char> words)
    {
        foreach (var rune in words.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                pendingSpace = true;
            }
            else if (!IsInvisible(rune))
            {
                Put(rune);
            }
        }
    }

    /// <summary>Adds text whose line breaks count.</summary>
    public void AppendLines(ReadOnlySpan<char> lines)
    {
        var first = true;
        foreach (var line in lines.EnumerateLines())
        {
            if (!first)
            {
                Break();
            }

            Append(line);
            first = false;
        }
    }

    /// <summary>Ends the line; two in a row leave one empty line, more leave no more.</summary>
    public void Break()
    {
        pendingBreaks = Math.Min(2, pendingBreaks + 1);
        pendingSpace = false;
    }

    /// <summary>Ends the line if one is begun.</summary>
    public void NewLine()
    {
        pendingBreaks = Math.Max(1, pendingBreaks);
        pendingSpace = false;
    }

    /// <summary>Leaves an empty line before what follows.</summary>
    public void Paragraph()
    {
        pendingBreaks = 2;
        pendingSpace = false;
    }

    /// <summary>Puts this before the next text, whatever blocks that text is wrapped in.</summary>
    public void Bullet(string mark)
    {
        NewLine();
        bullet = mark;
    }

    /// <summary>Begins every line with this until the matching <see cref="Outdent"/>.</summary>
    public void Indent(string prefix) => prefixes.Push(prefix);

    public void Outdent() => prefixes.Pop();

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private static bool IsInvisible(Rune rune) =>
        rune.Value is 0x034F or 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control;

    private void Put(Rune rune)
    {
        if (pendingBreaks > 0 || text.Length == 0)
        {
            StartLine(bullet.Length > 0 ? Math.Min(1, pendingBreaks) : pendingBreaks);
        }
        else if (pendingSpace && text[^1] is not (' ' or '\n'))
        {
            text.Append(' ');
        }

        pendingBreaks = 0;
        pendingSpace = false;
        text.Append(rune);
    }

    private void StartLine(int breaks)
    {
        if (text.Length > 0)
        {
            text.Append('\n', breaks);
        }

        // The item's own indent, the innermost, makes way for its mark.
        foreach (var prefix in prefixes.Reverse().SkipLast(bullet.Length > 0 ? 1 : 0))
        {
            text.Append(prefix);
        }

        text.Append(bullet);
        bullet = "";
    }
}

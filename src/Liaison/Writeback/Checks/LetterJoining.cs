using System.Buffers;
using System.Globalization;
using System.Text;

namespace Liaison.Writeback.Checks;

/// <summary>Where characters without a shape of their own have honest work: between letters that join, and in emoji.</summary>
internal static class LetterJoining
{
    /// <summary>Whether a joiner or non-joiner belongs behind one character and before the rest.</summary>
    public static bool MayStand(Rune before, ReadOnlySpan<char> rest)
    {
        // A joiner after the sign that mutes a vowel shapes the letter before it, also at the end of a word (Malayalam, Sinhala).
        if (IsIndic(before) && Rune.GetUnicodeCategory(before) == UnicodeCategory.NonSpacingMark)
        {
            return true;
        }

        return Rune.DecodeFromUtf16(rest, out var after, out _) == OperationStatus.Done
            && ((Joins(before) && Joins(after)) || (IsPictorial(before) && IsPictorial(after)));
    }

    /// <summary>Whether a selector of variants belongs behind a character: one of emoji behind a sign, one of ideographs behind an ideograph.</summary>
    public static bool MayVary(Rune before, Rune selector) => selector.Value switch
    {
        0xFE0E or 0xFE0F => IsPictorial(before) || before.Value is (>= '0' and <= '9') or '#' or '*' or 0xA9 or 0xAE or 0x203C or 0x2049 or 0x3030 or 0x303D,
        _ => before.Value is (>= 0x2E80 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x1820 and <= 0x18AA) or (>= 0x20000 and <= 0x3FFFF)
            or (>= 0x2200 and <= 0x22FF),
    };

    private static bool Joins(Rune rune) =>
        (IsIndic(rune) || rune.Value is (>= 0x0600 and <= 0x08FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC))
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Devanagari to Sinhala, Myanmar, Khmer, Mongolian.
    private static bool IsIndic(Rune rune) =>
        rune.Value is (>= 0x0900 and <= 0x0DFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x18AF) or (>= 0x11000 and <= 0x11FFF);

    private static bool IsPictorial(Rune rune) =>
        rune.Value is (>= 0x2190 and <= 0x2BFF) or (>= 0x1F000 and <= 0x1FAFF) or 0x2122 or 0x2139 or 0xFE0F or 0x3297 or 0x3299;
}

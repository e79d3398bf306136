using System.Buffers;
using System.Globalization;
using System.Text;

namespace Liaison.Writeback.Checks;

/// <summary>Characters that nobody sees and that steer a screen, hide a message or make one text look like another.</summary>
internal static class HiddenCharacters
{
    private const int BlackFlag = 0x1F3F4;
    private const int EndOfTag = 0xE007F;
    private const int LongestTag = 6;

    /// <summary>Finds the first; <see langword="null"/> for a text that is what it looks like.</summary>
    public static ContentThreat? In(ReadOnlySpan<char> text)
    {
        var before = default(Rune);
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done)
            {
                return ContentThreat.BrokenCharacter;
            }

            var rest = text[length..];
            if (before.Value == BlackFlag && IsTag(rune))
            {
                // The flags of England, Scotland and Wales are spelled in tags; a longer message is none.
                var tag = FlagTag(text);
                if (tag == 0)
                {
                    return ContentThreat.InvisibleCharacter;
                }

                rest = text[tag..];
            }
            else if (ThreatOf(before, rune, rest) is { } threat)
            {
                return threat;
            }

            before = rune;
            text = rest;
        }

        return null;
    }

    private static ContentThreat? ThreatOf(Rune before, Rune rune, ReadOnlySpan<char> rest) => rune.Value switch
    {
        '\n' or '\t' => null,
        '\r' => rest is ['\n', ..] ? null : ContentThreat.ControlCharacter,
        >= 0x20 and <= 0x7E => null,
        (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C => ContentThreat.DirectionTrick,

        // The last two of each plane, and a block of Arabic forms, that Unicode keeps for nobody.
        (>= 0xFDD0 and <= 0xFDEF) => ContentThreat.BrokenCharacter,
        var value when (value & 0xFFFE) == 0xFFFE => ContentThreat.BrokenCharacter,
        0x200C or 0x200D => LetterJoining.MayStand(before, rest) ? null : ContentThreat.InvisibleCharacter,
        (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => LetterJoining.MayVary(before, rune) ? null : ContentThreat.InvisibleCharacter,

        // Fillers of Korean, blank to the eye: a name made of them looks like none.
        0x115F or 0x1160 or 0x3164 or 0xFFA0 => ContentThreat.InvisibleCharacter,

        // Soft hyphens, and signs that stand before Arabic, Syriac and Kaithi numbers, are written by honest people.
        0x00AD or (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD => null,
        0x180E => before.Value is >= 0x1820 and <= 0x18AA ? null : ContentThreat.InvisibleCharacter,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => ContentThreat.ControlCharacter,
            UnicodeCategory.Format => ContentThreat.InvisibleCharacter,
            _ when rune.Value is >= 0xE0000 and <= 0xE0FFF => ContentThreat.InvisibleCharacter,
            _ => null,
        },
    };

    private static bool IsTag(Rune rune) => rune.Value is >= 0xE0020 and <= EndOfTag;

    /// <summary>Gives the length of a flag's tags in UTF-16 units, 0 for what is no such flag.</summary>
    private static int FlagTag(ReadOnlySpan<char> text)
    {
        var length = 0;
        for (var count = 1; count <= LongestTag && length < text.Length; count++)
        {
            if (Rune.DecodeFromUtf16(text[length..], out var rune, out var units) != OperationStatus.Done || !IsTag(rune))
            {
                return 0;
            }

            length += units;
            if (rune.Value == EndOfTag)
            {
                return length;
            }
        }

        return 0;
    }
}

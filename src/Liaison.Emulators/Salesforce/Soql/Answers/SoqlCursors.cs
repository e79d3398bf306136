using System.Globalization;
using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Execution;

namespace Liaison.Emulators.Salesforce.Soql.Answers;

/// <summary>The open cursors of an org: what queries found that did not fit on a page.</summary>
/// <remarks>They live two days, without a cap on how many are open (contract section 6.1). Not thread-safe: the host asks one at a time.</remarks>
internal sealed class SoqlCursors
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly TimeSpan Life = TimeSpan.FromDays(2);

    private readonly Dictionary<string, SoqlCursor> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<SoqlResult, string> _names = [];
    private long _last;

    /// <summary>Opens a cursor, or finds the one that the result has, and names the record at which it goes on: 0r8…-2000.</summary>
    public string Open(SoqlResult result, int at, string userId, int pageSize, DateTimeOffset now)
    {
        if (!_names.TryGetValue(result, out var name))
        {
            Purge(now);
            name = Next();
            _names[result] = name;
            _open[name] = new SoqlCursor(result, userId, pageSize, now);
        }

        return $"{name}-{at.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Finds what a locator names; <see langword="null"/> where it expired, is another user's or never was.</summary>
    public (SoqlCursor Cursor, int At)? Find(string locator, string userId, DateTimeOffset now)
    {
        var dash = locator.LastIndexOf('-');
        if (dash < 0 || !int.TryParse(locator.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || !_open.TryGetValue(locator[..dash], out var cursor)
            || cursor.UserId != userId || now - cursor.Opened > Life || at > cursor.Result.TotalSize)
        {
            return null;
        }

        return (cursor, at);
    }

    private void Purge(DateTimeOffset now)
    {
        foreach (var (name, cursor) in _open.Where(pair => now - pair.Value.Opened > Life).ToList())
        {
            _open.Remove(name);
            _names.Remove(cursor.Result);
        }
    }

    private string Next()
    {
        var digits = new char[12];
        var rest = ++_last;
        for (var at = digits.Length - 1; at >= 0; at--)
        {
            digits[at] = Alphabet[(int)(rest % Alphabet.Length)];
            rest /= Alphabet.Length;
        }

        return SoqlIds.Normalize("0r8" + new string(digits))!;
    }
}

/// <summary>One open cursor: its records, whose it is, how large its pages are.</summary>
internal sealed record SoqlCursor(SoqlResult Result, string UserId, int PageSize, DateTimeOffset Opened);

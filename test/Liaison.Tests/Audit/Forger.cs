using System.Text;
using Liaison.Audit;

namespace Liaison.Tests.Audit;

/// <summary>What somebody does to an export who has the file and not the key.</summary>
internal static class Forger
{
    /// <summary>Finds the line of an entry.</summary>
    public static int LineOf(IReadOnlyList<string> lines, long sequence) =>
        lines.ToList().FindIndex(line => line.StartsWith($"{{\"sequence\":{sequence},", StringComparison.Ordinal));

    public static List<string> Edit(IReadOnlyList<string> lines, long sequence) =>
        With(lines, LineOf(lines, sequence), line => line.Replace("\"101\"", "\"102\"", StringComparison.Ordinal));

    public static List<string> Cut(IReadOnlyList<string> lines, long sequence)
    {
        var forged = lines.ToList();
        forged.RemoveAt(LineOf(lines, sequence));
        return forged;
    }

    /// <summary>Puts an entry that nobody wrote before another, sealed onto the one before it, and leaves the others as they are.</summary>
    public static List<string> Insert(IReadOnlyList<string> lines, long sequence)
    {
        var forged = lines.ToList();
        var at = LineOf(lines, sequence);
        var there = RowOf(lines[at]);
        forged.Insert(at, LineOf(AuditChain.Seal(Doctored(there), sequence, there.PreviousHash)));
        return forged;
    }

    public static List<string> Swap(IReadOnlyList<string> lines, long first, long second)
    {
        var forged = lines.ToList();
        var (one, other) = (LineOf(lines, first), LineOf(lines, second));
        (forged[one], forged[other]) = (forged[other], forged[one]);
        return forged;
    }

    /// <summary>Edits an entry and computes every hash anew from there on: the chain is whole again.</summary>
    public static List<string> Rewrite(IReadOnlyList<string> lines, long sequence)
    {
        var forged = lines.ToList();
        string? previous = null;
        for (var at = LineOf(lines, sequence); at < forged.Count; at++)
        {
            if (forged[at].StartsWith("{\"sequence\"", StringComparison.Ordinal))
            {
                var row = RowOf(forged[at]);
                var sealedAnew = AuditChain.Seal(previous is null ? Doctored(row) : row.Canonical, row.Sequence, previous ?? row.PreviousHash);
                forged[at] = LineOf(sealedAnew);
                previous = sealedAnew.Hash;
            }
        }

        return forged;
    }

    public static List<string> With(IReadOnlyList<string> lines, int at, Func<string, string> change)
    {
        var forged = lines.ToList();
        forged[at] = change(forged[at]);
        forged[at].ShouldNotBe(lines[at]);
        return forged;
    }

    private static AuditRow RowOf(string line) => AuditExportFormat.Read(Encoding.UTF8.GetBytes(line)).Row.ShouldNotBeNull();

    private static byte[] Doctored(AuditRow row) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(row.Canonical.Span).Replace("\"101\"", "\"103\"", StringComparison.Ordinal));

    private static string LineOf(AuditRow row) =>
        $"{{\"sequence\":{row.Sequence},\"previousHash\":\"{row.PreviousHash}\",\"hash\":\"{row.Hash}\",\"entry\":{Encoding.UTF8.GetString(row.Canonical.Span)}}}";
}

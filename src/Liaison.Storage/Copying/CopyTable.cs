namespace Liaison.Storage.Copying;

/// <summary>A table as the source has it.</summary>
/// <param name="Key">The columns of its primary key, whose order is the order of the copy.</param>
/// <param name="Print">SHA-256 over all that it holds, by which a changed source is known.</param>
internal sealed record CopyTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Key, long Rows, string Print);

/// <summary>A column of the target.</summary>
/// <param name="Expression">What gives its value in the source.</param>
internal sealed record CopyColumn(string Name, CopyType Type, string Expression);

/// <summary>The types that the two schemas keep differently.</summary>
internal enum CopyType
{
    /// <summary>A text in both.</summary>
    Text,

    /// <summary>A whole number of 64 bits in the target.</summary>
    Number,

    /// <summary>A whole number of 32 bits in the target.</summary>
    ShortNumber,

    /// <summary>0 or 1 in the source.</summary>
    Flag,

    /// <summary>Milliseconds since 1970 in the source.</summary>
    Time,

    /// <summary>Bytes in both.</summary>
    Bytes,
}

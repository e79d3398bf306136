using System.Collections;
using System.Runtime.CompilerServices;

namespace Liaison.Emulators.Salesforce.Soql.Syntax;

/// <summary>A list that equals another when its items do, so that trees can be compared as values.</summary>
[CollectionBuilder(typeof(SyntaxList), nameof(SyntaxList.Of))]
internal sealed class SyntaxList<T>(T[] items) : IReadOnlyList<T>, IEquatable<SyntaxList<T>>
{
    public int Count => items.Length;

    public T this[int index] => items[index];

    public bool Equals(SyntaxList<T>? other) => other is not null && items.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as SyntaxList<T>);

    public override int GetHashCode() => items.Length;

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes the lists of trees from collection expressions.</summary>
internal static class SyntaxList
{
    public static SyntaxList<T> Of<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}

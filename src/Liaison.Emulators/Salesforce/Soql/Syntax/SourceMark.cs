namespace Liaison.Emulators.Salesforce.Soql.Syntax;

/// <summary>Where in the statement a node stands, for messages.</summary>
/// <remarks>All marks are equal: where a thing was written never tells two trees apart.</remarks>
internal readonly struct SourceMark(int offset) : IEquatable<SourceMark>
{
    public int Offset => offset;

    public bool Equals(SourceMark other) => true;

    public override bool Equals(object? obj) => obj is SourceMark;

    public override int GetHashCode() => 0;
}

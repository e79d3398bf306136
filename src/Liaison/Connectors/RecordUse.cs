using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>That work on records of a type is ahead: what is asked before it starts, so that a lacking scope is no 403 in the night.</summary>
/// <param name="Write">Whether the records are changed; <see langword="false"/> where they are read.</param>
public readonly record struct RecordUse(RecordType Type, bool Write);

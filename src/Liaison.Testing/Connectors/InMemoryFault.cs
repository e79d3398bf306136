using Liaison.Connectors;
using Liaison.Failures;

namespace Liaison.Testing.Connectors;

/// <summary>A fault that an <see cref="InMemoryCrm"/> is to have.</summary>
/// <param name="Operation">Which kind of call it hits.</param>
/// <param name="Call">Which one: the first of that kind is 1.</param>
/// <param name="Failure">What the caller is told.</param>
/// <param name="AfterCommit">Whether the call is carried out before its answer is lost, as when a connection breaks after a write.</param>
public sealed record InMemoryFault(CrmOperation Operation, int Call, Failure Failure, bool AfterCommit = false);

/// <summary>A write that an <see cref="InMemoryCrm"/> carried out.</summary>
/// <param name="Key">The key of the write.</param>
/// <param name="Id">The record that it changed or made.</param>
/// <param name="Created">Whether it made the record.</param>
/// <param name="Values">What was written, by native field name.</param>
public sealed record InMemoryWrite(
    string Key, Model.RecordType Type, string Id, bool Created, IReadOnlyDictionary<string, string> Values);

/// <summary>A delete that an <see cref="InMemoryCrm"/> carried out.</summary>
/// <param name="Key">The key of the delete.</param>
public sealed record InMemoryDelete(string Key, Model.RecordType Type, string Id);

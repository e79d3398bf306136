using Liaison.Model;

namespace Liaison.Writeback;

/// <summary>The schemas that changes to one record type need: its own, and those of what is made beside its records.</summary>
/// <param name="Target">What the caller may know of the type that the permit is for.</param>
internal sealed record WritableTypes(RecordSchema Target, IReadOnlyDictionary<RecordType, RecordSchema> Whole)
{
    /// <summary>Gives every field of a type.</summary>
    public RecordSchema Of(RecordType type) => Whole[type];
}

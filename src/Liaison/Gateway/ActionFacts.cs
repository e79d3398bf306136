using Liaison.Model;
using Liaison.Writeback;

namespace Liaison.Gateway;

/// <summary>What the gate has to know of an action before anything of it is judged.</summary>
internal static class ActionFacts
{
    /// <summary>Names the fields that the caller names.</summary>
    public static IReadOnlyList<string> FieldsOf(ChangeAction action) => action switch
    {
        ChangeAction.UpdateFields update => [.. update.Fields.Select(field => field.Field)],
        ChangeAction.CreateRecord create => [.. create.Fields.Select(field => field.Field)],
        _ => [],
    };

    /// <summary>Gives the types of the records that a change links to, which the caller has to be able to read.</summary>
    public static IEnumerable<RecordType> LinkedTypes(ChangeAction action) => action switch
    {
        ChangeAction.Associate link => [link.To.Type],
        ChangeAction.CreateRecord create => create.Links.Select(link => link.ToType).Distinct(),
        _ => [],
    };
}

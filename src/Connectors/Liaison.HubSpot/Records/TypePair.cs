using Liaison.HubSpot.Declaration;
using Liaison.Model;

namespace Liaison.HubSpot.Records;

/// <summary>The native names of two record types, in the direction asked for: association types differ by it.</summary>
internal readonly record struct TypePair(string From, string To)
{
    internal static TypePair Of(RecordType from, RecordType to) =>
        new(HubSpotRecordTypes.Of(from).NativeName, HubSpotRecordTypes.Of(to).NativeName);
}

using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;

namespace Liaison.House.Tests.Samples;

/// <summary>Deliberately wrong: a permit that no policy has judged.</summary>
internal static class ForgedPermit
{
    public static Permit Make(Caller caller, ConnectionProfile connection) =>
        new(caller, connection, RecordType.Contact, Access.Read, EffectiveRights.Closed);
}

/// <summary>Deliberately wrong: a use case without the gateway, so without audit.</summary>
internal static class BackDoor
{
    public static Task<Result<RecordSchema>> DescribeAsync(DescribeType describe, Permit permit) =>
        describe.ExecuteAsync(permit, CancellationToken.None);
}

/// <summary>Deliberately wrong: a way to the network beside the channel.</summary>
internal static class SecondWay
{
    public static Task<string> ReadAsync(IHttpClientFactory clients, Uri address) =>
        clients.CreateClient().GetStringAsync(address, CancellationToken.None);
}

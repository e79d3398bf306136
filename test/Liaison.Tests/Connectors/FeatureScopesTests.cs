using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Testing.Connectors;

namespace Liaison.Tests.Connectors;

/// <summary>Which scopes a connection needs for what is turned on in it (R16, R17).</summary>
public sealed class FeatureScopesTests
{
    private static readonly ConnectorDescriptor Descriptor = new InMemoryConnector(new InMemoryCrm()).Descriptor with
    {
        Scopes =
        [
            new ScopeRequirement("read contacts", ["contacts.read"], Write: false),
            new ScopeRequirement("read custom objects", ["custom.read"], Write: false) { OnRequest = true },
            new ScopeRequirement("update custom objects", ["custom.write"], Write: true) { OnRequest = true },
        ],
    };

    [Theory]
    [InlineData(new string[0], ConnectionWrites.Open, new[] { "contacts.read" })]
    [InlineData(new[] { "read contacts", "read custom objects" }, ConnectionWrites.Open, new[] { "contacts.read", "custom.read" })]
    [InlineData(new[] { "read custom objects", "update custom objects" }, ConnectionWrites.Closed, new[] { "custom.read" })]
    [InlineData(new[] { "read custom objects", "update custom objects" }, ConnectionWrites.Open, new[] { "custom.read", "custom.write" })]
    public void What_not_every_account_can_grant_is_needed_where_it_is_named(string[] features, ConnectionWrites writes, string[] scopes) =>
        FeatureScopes.Needed(Descriptor, new ConnectionOptions { Features = [.. features], Writes = writes })
            .SelectMany(need => need.AnyOf).ShouldBe(scopes);
}

using Liaison.Testing.Connectors.Conformance;

namespace Liaison.HubSpot.Tests;

public sealed class ConnectorSuitesTests
{
    [Fact]
    public void Every_fixture_derives_every_suite()
    {
        ConnectorSuites.All.Count.ShouldBe(15);
        ConnectorSuites.MissingFrom(typeof(ConnectorSuitesTests).Assembly).ShouldBeEmpty();
    }
}

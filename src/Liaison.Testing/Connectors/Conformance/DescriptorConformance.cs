using System.Reflection;
using System.Text;
using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>A descriptor is complete and true to itself: what the engine enforces from it is all there.</summary>
public abstract class DescriptorConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    private ConnectorDescriptor Descriptor => Fixture.Connector.Descriptor;

    [Fact]
    public void It_names_the_connector_its_host_and_its_versions()
    {
        Descriptor.Name.ShouldMatch("^[a-z][a-z0-9-]*$");
        Descriptor.DisplayName.ShouldNotBeNullOrWhiteSpace();
        Descriptor.DefaultBaseUrl.Scheme.ShouldBe("https");
        Descriptor.ApiVersions.ShouldNotBeEmpty();
        Descriptor.ApiVersions.Select(version => version.Version).ShouldBeUnique();
    }

    [Fact]
    public void Its_ways_to_a_token_are_whole_and_lead_over_https()
    {
        var signIn = Descriptor.SignIn;

        signIn.Grants.ShouldNotBeEmpty();
        signIn.Grants.Select(grant => grant.Kind).ShouldBeUnique();
        signIn.AssumedLifetime.ShouldBeGreaterThan(TimeSpan.Zero);
        signIn.AssertionLifetime.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        signIn.Hosts.Values.Concat(signIn.ConsentHosts.Values).ShouldAllBe(host => host.Scheme == "https");
        signIn.Errors.ShouldAllBe(rule => rule.Sentence.EndsWith('.'));
        if (signIn.Grants.Any(grant => grant.Kind != GrantKind.StaticToken))
        {
            signIn.Paths.ShouldNotBeNull();
        }

        foreach (var version in signIn.Paths is null ? [] : Descriptor.ApiVersions)
        {
            var paths = signIn.Paths!(version.Version);
            paths.Token.ShouldStartWith("/");
            new[] { paths.Authorize, paths.Revoke, paths.Introspect }.OfType<string>().ShouldAllBe(path => path.StartsWith('/'));
            (paths.Authorize is not null).ShouldBe(signIn.Find(GrantKind.AuthorizationCode) is not null);
        }
    }

    [Fact]
    public void A_token_answer_that_says_nothing_tells_nothing()
    {
        using var empty = JsonDocument.Parse("{}");

        Descriptor.SignIn.ReadOwner(empty.RootElement).ShouldBe(TokenOwner.Untold);
    }

    [Fact]
    public void Every_kind_of_call_has_a_batch_size_and_limits_that_some_profile_has()
    {
        var known = Descriptor.LimitProfiles.SelectMany(profile => profile.Limits).Select(limit => limit.Kind).ToHashSet();

        foreach (var operation in Enum.GetValues<CrmOperation>().Where(operation => Descriptor.Jobs is not null || operation is not (CrmOperation.ReadJob or CrmOperation.WriteJob)))
        {
            Descriptor.Operations.ShouldContainKey(operation);
            Descriptor.Operations[operation].BatchSize.ShouldBePositive();
            Descriptor.Operations[operation].Spends.ShouldNotBeEmpty();
            Descriptor.Operations[operation].Spends.ShouldBeSubsetOf(known);
        }
    }

    [Fact]
    public void Every_profile_limits_calls_by_time_and_in_flight()
    {
        Descriptor.LimitProfiles.Select(profile => profile.Name).ShouldBeUnique();
        foreach (var profile in Descriptor.LimitProfiles)
        {
            profile.Limits.ShouldAllBe(limit => limit.Permits > 0);
            profile.Limits.ShouldContain(limit => limit.Kind == LimitKind.Concurrency && limit.Window == TimeSpan.Zero);
            profile.Limits.ShouldContain(limit => limit.Window > TimeSpan.Zero);
        }
    }

    [Fact]
    public void A_limit_header_tells_of_a_limit_that_some_profile_has()
    {
        var known = Descriptor.LimitProfiles.SelectMany(profile => profile.Limits).Select(limit => limit.Kind).ToHashSet();

        Descriptor.LimitHeaders.Select(header => header.Kind).ShouldBeSubsetOf(known);
        Descriptor.LimitHeaders.ShouldAllBe(header => header.Name.Length > 0);
    }

    [Theory]
    [InlineData(400, FailureKind.Invalid)]
    [InlineData(401, FailureKind.Unauthenticated)]
    [InlineData(403, FailureKind.Forbidden)]
    [InlineData(404, FailureKind.NotFound)]
    [InlineData(409, FailureKind.Duplicate, FailureKind.Conflict)]
    [InlineData(429, FailureKind.RateLimited)]
    [InlineData(500, FailureKind.Unavailable)]
    [InlineData(502, FailureKind.Unavailable)]
    [InlineData(503, FailureKind.Unavailable)]
    [InlineData(504, FailureKind.Unavailable)]
    public void A_bare_status_has_its_meaning(int status, params FailureKind[] kinds)
    {
        var error = Descriptor.ReadError(status, ReadOnlyMemory<byte>.Empty);

        var rule = Descriptor.Errors.FirstOrDefault(rule =>
            (rule.Statuses.Count == 0 || rule.Statuses.Contains(status)) && (rule.Category is null || rule.Category == error.Category));

        kinds.ShouldContain(rule.ShouldNotBeNull().Kind);
    }

    [Fact]
    public void A_gateway_fault_leaves_the_outcome_of_a_write_open()
    {
        foreach (var status in new[] { 500, 502, 504 })
        {
            Descriptor.Errors.First(rule => rule.Statuses.Contains(status)).MayHaveCommitted.ShouldBeTrue($"{status}");
        }
    }

    [Fact]
    public void Every_error_is_told_in_one_sentence()
    {
        Descriptor.Errors.Select(rule => rule.Sentence).ShouldAllBe(sentence => sentence.EndsWith('.') && !sentence.Contains('{'));
    }

    [Fact]
    public void Its_error_reader_takes_any_bytes()
    {
        byte[][] bodies =
        [
            [], "<html><body>502 Bad Gateway</body></html>"u8.ToArray(), "null"u8.ToArray(), "[]"u8.ToArray(), "{"u8.ToArray(),
            "{\"message\":null,\"errors\":{},\"context\":[],\"category\":7}"u8.ToArray(), "{\"message\":\"\\ud800\"}"u8.ToArray(),
            [0xFF, 0xFE, 0x00], [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}'],
            Encoding.UTF8.GetBytes(new string('[', 5_000)), Encoding.UTF8.GetBytes(new string('x', 200_000)),
        ];

        foreach (var status in new[] { 200, 400, 403, 409, 429, 500, 599 })
        {
            foreach (var body in bodies)
            {
                Descriptor.ReadError(status, body).ShouldNotBeNull().Category.ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public void Canonical_names_are_the_shared_ones_and_each_stands_for_one_field()
    {
        var canonical = typeof(FieldNames).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!).ToList();

        Descriptor.RecordTypes.Select(type => type.Type).ShouldBeUnique();
        Descriptor.RecordTypes.Select(type => type.NativeName).ShouldBeUnique();
        foreach (var type in Descriptor.RecordTypes)
        {
            type.FieldNames.Keys.ShouldBeSubsetOf(canonical);
            type.FieldNames.Values.ShouldBeUnique();
        }
    }

    [Fact]
    public void It_knows_the_fixtures_type_by_a_native_name() =>
        Descriptor.RecordTypes.ShouldContain(type => type.Type == Facts.Type && type.NativeName.Length > 0);

    [Fact]
    public void Every_scope_says_what_it_is_for()
    {
        Descriptor.Scopes.ShouldAllBe(scope => scope.Feature.Length > 0 && scope.AnyOf.Count > 0);
        Descriptor.Scopes.SelectMany(scope => scope.Records).ShouldBeSubsetOf(Descriptor.RecordTypes.Select(type => type.Type));
    }
}

using System.Reflection;
using Liaison.Connectors;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests;

public sealed class ConformanceCoverageTests
{
    private static readonly Assembly Suites = typeof(WorkStoreConformance).Assembly;
    private static readonly Assembly Stores = typeof(SqliteDatabase).Assembly;
    private static readonly Assembly Tests = typeof(ConformanceCoverageTests).Assembly;

    [Fact]
    public void Every_store_runs_every_suite_of_its_contract() =>
        ConformanceCoverage.Missing([Suites], [Stores, Suites], [Tests]).ShouldBeEmpty();

    [Fact]
    public void A_store_without_a_test_class_is_named()
    {
        var missing = ConformanceCoverage.Missing([Suites], [Tests], [Tests]);

        missing.ShouldHaveSingleItem().ShouldContain(nameof(ForgottenBudgets));
    }

    [Fact]
    public void Without_test_classes_every_store_is_missing() =>
        ConformanceCoverage.Missing([Suites], [Stores], []).Count.ShouldBe(28);

    [Fact]
    public void Without_suites_nothing_is_proven() =>
        ConformanceCoverage.Missing([Stores], [Stores], [Tests]).ShouldHaveSingleItem();

    private sealed class ForgottenBudgets : IBudgetStore
    {
        public Task<long> TakeAsync(
            Model.ConnectionName connection, LimitKind kind, DateTimeOffset window, long wanted, long ceiling, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task CorrectAsync(
            Model.ConnectionName connection, LimitKind kind, DateTimeOffset window, long spent, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<SpentWindow?> FindFullestAsync(
            Model.ConnectionName connection, LimitKind kind, DateTimeOffset after, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<long> SpentAsync(
            Model.ConnectionName connection, LimitKind kind, DateTimeOffset window, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}

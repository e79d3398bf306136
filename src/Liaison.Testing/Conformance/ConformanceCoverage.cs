using System.Reflection;

namespace Liaison.Testing.Conformance;

/// <summary>Finds implementations that no test class runs a suite against, so that nobody skips one in silence.</summary>
public static class ConformanceCoverage
{
    /// <summary>Lists, in sentences, what is missing; empty when every implementation derives every suite of its contracts.</summary>
    /// <param name="suites">Where the suites are: abstract classes with <see cref="ConformanceSuiteAttribute"/>.</param>
    /// <param name="implementations">Where the non-abstract implementations of the suites' contracts are.</param>
    /// <param name="tests">Where the deriving test classes are, each with <see cref="ConformsAttribute"/>.</param>
    public static IReadOnlyList<string> Missing(
        IReadOnlyCollection<Assembly> suites, IReadOnlyCollection<Assembly> implementations, IReadOnlyCollection<Assembly> tests)
    {
        var proofs = Types(tests).Where(type => type.IsClass && !type.IsAbstract).ToList();
        var all = Types(suites).Where(type => type.GetCustomAttribute<ConformanceSuiteAttribute>() is not null).ToList();
        return all.Count == 0
            ? ["No conformance suite was found, so that nothing is proven."]
            : [.. all.SelectMany(suite => Missing(suite, Types(implementations), proofs))];
    }

    private static IEnumerable<string> Missing(Type suite, IEnumerable<Type> candidates, List<Type> proofs)
    {
        var contract = suite.GetCustomAttribute<ConformanceSuiteAttribute>()!.Contract;
        var deriving = proofs.Where(suite.IsAssignableFrom).ToList();
        foreach (var proof in deriving.Where(proof => Implementation(proof) is null))
        {
            yield return $"{proof.FullName} derives {suite.Name} without saying [Conforms(typeof(…))].";
        }

        foreach (var proof in deriving.Where(proof => Implementation(proof) is { } named && !contract.IsAssignableFrom(named)))
        {
            yield return $"{proof.FullName} derives {suite.Name} for {Implementation(proof)!.Name}, which is no {contract.Name}.";
        }

        foreach (var implementation in candidates.Where(type => type.IsClass && !type.IsAbstract && contract.IsAssignableFrom(type)))
        {
            if (!deriving.Any(proof => Implementation(proof) == implementation))
            {
                yield return $"{implementation.FullName} implements {contract.Name} and no test class derives {suite.Name} for it.";
            }
        }
    }

    private static Type? Implementation(Type proof) => proof.GetCustomAttribute<ConformsAttribute>()?.Implementation;

    private static IEnumerable<Type> Types(IEnumerable<Assembly> assemblies) =>
        assemblies.Distinct().SelectMany(assembly => assembly.GetTypes());
}

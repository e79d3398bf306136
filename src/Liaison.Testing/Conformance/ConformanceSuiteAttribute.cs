namespace Liaison.Testing.Conformance;

/// <summary>Marks an abstract test class as the suite of a contract: every implementation has a test class that derives it.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConformanceSuiteAttribute(Type contract) : Attribute
{
    /// <summary>Gets the interface whose contract the suite states.</summary>
    public Type Contract { get; } = contract;
}

/// <summary>Says which implementation a test class runs its suite against.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConformsAttribute(Type implementation) : Attribute
{
    /// <summary>Gets the type that the suite is run against.</summary>
    public Type Implementation { get; } = implementation;
}

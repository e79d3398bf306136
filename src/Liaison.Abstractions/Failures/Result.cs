using System.Diagnostics.CodeAnalysis;

namespace Liaison.Failures;

/// <summary>A value, or the <see cref="Failures.Failure"/> that stood in its way.</summary>
/// <remarks>Bugs, broken disks and cancellation are exceptions and never travel here. The default value is a failure.</remarks>
public readonly struct Result<T>
{
    private static readonly Failure Unset = new(FailureKind.Invalid, "No result was made.");

    private readonly T? value;
    private readonly Failure? failure;
    private readonly bool succeeded;

    private Result(T value)
    {
        this.value = value;
        succeeded = true;
    }

    private Result(Failure failure) => this.failure = failure;

    /// <summary>Gets the failure; <see langword="null"/> when there is a value.</summary>
    public Failure? Failure => succeeded ? null : failure ?? Unset;

    /// <summary>Makes a success.</summary>
    public static implicit operator Result<T>(T value) => new(value);

    /// <summary>Makes a failure.</summary>
    public static implicit operator Result<T>(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new(failure);
    }

    /// <summary>Makes a success where the language allows no conversion, as for an interface type.</summary>
    public static Result<T> Of(T value) => new(value);

    /// <summary>Gets the value or else the failure; one of the two is always there.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T result, [NotNullWhen(false)] out Failure? refused)
    {
        result = value;
        refused = Failure;
        return succeeded;
    }

    /// <summary>Carries a success one step on and hands a failure through.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return TryGet(out var current, out var refused) ? next(current) : refused;
    }
}

/// <summary>The value of an operation that has nothing to give but its success.</summary>
public readonly record struct Done
{
    /// <summary>Gets the one value.</summary>
    public static Done Value { get; }
}

using Liaison.Failures;

namespace Liaison.Safety.Tests.Installed;

/// <summary>Takes results apart.</summary>
internal static class Results
{
    /// <summary>Gives the value of what has to have succeeded.</summary>
    public static T Found<T>(this Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new Xunit.Sdk.XunitException($"{failure.Kind}: {failure.Message}");
}

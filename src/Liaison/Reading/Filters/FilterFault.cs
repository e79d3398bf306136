using System.Globalization;
using Liaison.Failures;

namespace Liaison.Reading.Filters;

/// <summary>A refusal of a filter: where, what, and what was expected, without the caller's values.</summary>
internal static class FilterFault
{
    public static Failure At(int column, string what) => new(
        FailureKind.Invalid, string.Create(CultureInfo.InvariantCulture, $"The filter cannot be read at column {column}: {what}."));

    public static Failure Expected(FilterToken found, string what) => At(found.Column, $"found {found.Name} and expected {what}");
}

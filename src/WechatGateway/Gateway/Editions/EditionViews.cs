using System.Text.Json;
using Courier.Services.Editions;
using Courier.WechatGateway.Keywords;

namespace Courier.WechatGateway.Editions;

/// <summary>A list in an answer.</summary>
internal sealed record ListOf<T>(IReadOnlyList<T> Items);

/// <summary>A content as the desk lists it; editions that do not exist are null.</summary>
internal sealed record ContentView(string AppId, EditionSummary? Live, EditionSummary? Open, EditionSummary? Publishing);

/// <summary>An edition with everything that its page shows.</summary>
/// <param name="Edition">The edition.</param>
/// <param name="Content">What it holds.</param>
/// <param name="Problems">What is wrong with it.</param>
/// <param name="Compared">It beside the live one, line by line.</param>
/// <param name="LiveNumber">Number of the live one; 0 for none.</param>
/// <param name="Steps">What was done with it, the oldest first.</param>
/// <param name="Uses">How often its items were used.</param>
/// <param name="May">What whoever asked may do with it.</param>
internal sealed record EditionView(
    EditionSummary Edition, JsonElement Content, IReadOnlyList<ContentProblem> Problems, IReadOnlyList<ComparedLine> Compared, long LiveNumber,
    IReadOnlyList<EditionStep> Steps, IReadOnlyList<ItemUses> Uses, EditionMay May);

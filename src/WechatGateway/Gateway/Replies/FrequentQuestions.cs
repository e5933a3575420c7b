using Courier.Kernel.Data;
using Courier.Services.Knowledge;

namespace Courier.WechatGateway.Replies;

/// <summary>Answers that were written before, found by their words.</summary>
internal sealed class FrequentQuestions(Db db, KnowledgeIndex knowledge) : IReplyRule
{
    public async Task<Reply?> Answer(Ask ask, CancellationToken ct) =>
        ask.Text is { Length: > 0 } text && await MatchFaq.Execute(db, knowledge, text, ct).ConfigureAwait(false) is { } faq ? new Reply(faq.Answer) : null;
}

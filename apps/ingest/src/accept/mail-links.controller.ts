import { ProblemError, Public } from '@groundswell/runtime';
import { Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Mailbox } from '../write/mailbox.js';
import { linkPage, type LinkPage } from './link-page.js';

type Purpose = 'confirm' | 'unsubscribe';

const ASK: Record<Purpose, LinkPage> = {
  confirm: {
    title: 'Is this your address?',
    text: 'Confirm that you want to be written to when somebody whom you watch changes their relationship status.',
    button: 'Yes, write to me',
  },
  unsubscribe: {
    title: 'No more letters?',
    text: 'You will not be written to any more. You can give your address again at any time.',
    button: 'Unsubscribe',
  },
};

const DONE: Record<Purpose, LinkPage> = {
  confirm: { title: 'Your address is confirmed', text: 'You will be written to at the times that you have chosen.' },
  unsubscribe: { title: 'You are unsubscribed', text: 'Nothing more will be sent to this address.' },
};

const OVER: Record<Purpose, LinkPage> = {
  confirm: { title: 'This link is over', text: 'The address was changed or removed since. Nothing is sent to it.' },
  unsubscribe: { title: 'You are unsubscribed', text: 'Nothing is sent to this address any more.' },
};

/**
 * Pages behind the links of letters. To look changes nothing, since mailboxes look at links by themselves; to press the button
 * does, and so does the one click of a mail program (RFC 8058).
 */
@Public()
@Controller('/v1/mail')
export class MailLinksController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get('/confirm')
  askToConfirm(@Query('token') token: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, () => this.look('confirm', token));
  }

  @Post('/confirm')
  confirm(@Query('token') token: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, () => this.follow('confirm', token));
  }

  @Get('/unsubscribe')
  askToUnsubscribe(@Query('token') token: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, () => this.look('unsubscribe', token));
  }

  @Post('/unsubscribe')
  unsubscribe(@Query('token') token: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, () => this.follow('unsubscribe', token));
  }

  private async look(purpose: Purpose, token: unknown): Promise<LinkPage> {
    await this.mailbox.look(purpose, textOf(token));
    return ASK[purpose];
  }

  private async follow(purpose: Purpose, token: unknown): Promise<LinkPage> {
    const followed = await this.mailbox[purpose](textOf(token));
    return (followed === 'done' ? DONE : OVER)[purpose];
  }

  private async answer(reply: FastifyReply, work: () => Promise<LinkPage>): Promise<void> {
    let status = 200;
    let page: LinkPage;
    try {
      page = await work();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      status = error.problem.status;
      page = { title: error.problem.title, text: error.problem.detail };
    }
    await reply
      .code(status)
      .headers({
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'no-referrer',
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
        'X-Robots-Tag': 'noindex',
      })
      .send(linkPage(page));
  }
}

/** Repeated parameters come as a list: such a link is none of ours. */
function textOf(token: unknown): string {
  return typeof token === 'string' ? token : '';
}
